"""The matcher beside other ways to find an entry, in one run, as tables in Markdown.

    python -m benchmarks.matching [FOLDER] [--tables public growth] [--methods NAME ...]

FOLDER holds the public data sets (benchmarks/data.py; default ../shared/data). Rivals that are not
installed are left out; `benchmarks/requirements.txt` tells how to install them.

"public": CLINC150 and BANKING77 in the FAQ setting, k phrasings an entry, mean of some draws.
top-1 is the share of queries in scope whose first candidate is right; AUROC tells how well the
first candidate's score parts them from those out of scope (CLINC150's 1,000 of its test rows).
"growth": FAQs of 100 to 1,000,000 phrasings (benchmarks/growth.py).

Each method runs in a process of its own, on one thread; times are CPU time (benchmarks/worker.py).
All are asked the same queries in the same order, by chance, until their time is up; "asked" says
how many that were.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from random import Random
from statistics import fmean, median

from benchmarks.data import Row, banking77, clinc150, draw
from benchmarks.growth import ARTIFICIAL, SIZES, real
from benchmarks.growth import task as grown
from benchmarks.peers import METHODS
from benchmarks.scores import auroc, top_1
from benchmarks.worker import BUILD_LIMIT, Asked, LeftOutError, Result, Task, measured

SCAN = "RapidFuzz WRatio"
"""What most bots do: times are told as ratios to it."""


def public(folder: str, methods: Sequence[str], draws: int, seconds: float) -> None:
    clinc = clinc150(folder)
    outside: list[Asked] = [(text, None) for text, _ in clinc["oos_test"]]
    sets: dict[str, tuple[list[Row], list[Asked]]] = {
        "CLINC150": (clinc["train"], [*clinc["test"], *outside]),
        "BANKING77": (banking77(folder, "train"), [*banking77(folder, "test")]),
    }
    row("data", "k", "method", "top-1 %", "AUROC", "query ms", "build s", "MB", "asked of each")
    row(*["---"] * 9)
    for name, (train, test) in sets.items():
        asked = Random(0).sample(test, len(test))
        for k in (5, 10, 20):
            tasks = [Task(draw(train, k, seed=seed), asked) for seed in range(draws)]
            for method in methods:
                try:
                    results = measured(method, tasks, seconds / draws)
                except LeftOutError as reason:
                    row(name, k, method, f"left out: {reason}", *[""] * 5)
                    continue
                row(name, k, method, *_means(results, asked))


def _means(results: Sequence[Result], asked: Sequence[Asked]) -> list[str]:
    parts = [(one.found, asked[: len(one.found)]) for one in results]
    share = fmean(len(found) for found, _ in parts) / len(asked)
    return [
        f"{fmean(top_1(*part) for part in parts):.1f}",
        known(".3f", fmean(auroc(*part) for part in parts)),
        f"{1000 * median(spent for one in results for spent in one.spent):.2f}",
        f"{median(one.build for one in results):.2f}",
        f"{results[0].memory / 1e6:.0f}",
        "all" if share == 1 else f"{100 * share:.0f} %",
    ]


def growth(folder: str, methods: Sequence[str], sizes: Sequence[int], seconds: float) -> None:
    known_entries = real(folder)
    row(
        *("phrasings", "method", "right %, real", "right %, artificial"),
        *("query ms", "slowest 1 %", "times faster than WRatio", "build s", "MB", "asked"),
    )
    row(*["---"] * 10)
    too_slow: dict[str, str] = {}
    for size in sizes:
        task = grown(known_entries, size)
        scan = float("nan")
        for method in sorted(methods, key=lambda method: method != SCAN):
            try:
                if method in too_slow:
                    raise LeftOutError(too_slow[method])
                (result,) = measured(method, [task], seconds)
            except LeftOutError as reason:
                too_slow[method] = str(reason)
                row(f"{size:,}", method, f"left out: {reason}", *[""] * 7)
                continue
            scan = median(result.spent) if method == SCAN else scan
            row(f"{size:,}", method, *_grown(result, task, scan))
            if 10 * result.build > BUILD_LIMIT:
                too_slow[method] = f"took {result.build:.0f} s to build a tenth"


def _grown(result: Result, task: Task, scan: float) -> list[str]:
    pairs = list(zip(result.found, task.queries, strict=False))
    real = [pair for pair in pairs if not str(pair[1][1]).startswith(ARTIFICIAL)]
    artificial = [pair for pair in pairs if str(pair[1][1]).startswith(ARTIFICIAL)]
    usual = median(result.spent)
    slow = sorted(result.spent)[-len(pairs) // 100] if len(pairs) >= 100 else float("nan")
    return [
        *(known(".1f", top_1(*zip(*p, strict=True)) if p else None) for p in (real, artificial)),
        f"{1000 * usual:.2f}",
        known(".2f", 1000 * slow),
        _ratio(scan / usual),
        f"{result.build:.2f}",
        f"{result.memory / 1e6:.0f}",
        f"{len(pairs):,}",
    ]


def _ratio(value: float) -> str:
    return "" if value != value else f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def known(form: str, value: float | None) -> str:
    return "" if value is None or value != value else format(value, form)


def row(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default="../shared/data")
    tables = {"public", "growth"}
    parser.add_argument("--tables", nargs="+", choices=sorted(tables), default=sorted(tables))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--draws", type=int, default=5, help="of phrasings, for the public data")
    parser.add_argument("--seconds", type=float, default=30, help="for a line's queries")
    told = parser.parse_args()
    if "public" in told.tables:
        public(told.folder, told.methods, told.draws, told.seconds)
        print()
    if "growth" in told.tables:
        growth(told.folder, told.methods, told.sizes, told.seconds)
