"""What each ingredient earns: figures with all of them, and how they change without each in turn.

    python -m benchmarks.ablation [FOLDER] [--seeds 2] [--sample SHARE] [--only NAME ...]

FOLDER holds the public data sets (benchmarks/data.py; default ../shared/data), of which entries get
ten phrasings each. `tests/quality/dev.jsonl` is put to the whole bot, its English lines; the bot is
tuned on them, so what they tell of an ingredient is friendly. Columns with "typos" hold one edit in
15 % of the words (benchmarks/typos.py). An ingredient is taken out by benchmarks/ingredients.py,
and nothing is tuned anew without it: evidence is weighed as if it were there.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean

import benchmarks.scores as scores
from benchmarks.data import Row, banking77, clinc150, draw
from benchmarks.ingredients import INGREDIENTS, Ingredient
from benchmarks.peers import ours
from benchmarks.typos import with_typos
from benchmarks.worker import Asked
from bot import reading
from bot.answering import Answerer
from bot.evaluation import Golds, LabelledQuery, Report, evaluate, golds
from bot.faq import Faq
from bot.labelled import read_labelled, read_sentences
from bot.policy import DEFAULT

ROOT = Path(__file__).parent.parent
QUALITY = ROOT / "tests" / "quality"

PHRASINGS = 10
DRAWS_OF_TYPOS = 10
"""How often dev.jsonl is mistyped: it is short, and three draws may differ by three points."""

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Public:
    """Rows to learn from, and queries as they are and mistyped."""

    name: str
    train: list[Row]
    clean: Sequence[Asked]
    mistyped: Sequence[Asked]

    def figures(self, seeds: int) -> Figures:
        found: dict[str, list[float]] = {}
        for seed in range(seeds):
            first = ours()(draw(self.train, PHRASINGS, seed=seed))
            clean = [first(query) for query, _ in self.clean]
            inside = [asked for asked in self.mistyped if asked[1]]
            mistyped = [first(query) for query, _ in inside]
            told = {
                "top-1": scores.top_1(clean, self.clean),
                "typos": scores.top_1(mistyped, inside),
                "AUROC": 100 * scores.auroc(clean, self.clean),
            }
            for figure, value in told.items():
                if value == value:
                    found.setdefault(f"{self.name} {figure}", []).append(value)
        return {figure: fmean(values) for figure, values in found.items()}


@dataclass(frozen=True, slots=True)
class Own:
    """The bot's own FAQ, and the labelled queries of dev.jsonl as they are and mistyped."""

    faq: Faq
    golds: Golds
    clean: Sequence[LabelledQuery]
    mistyped: Sequence[LabelledQuery]

    def figures(self, policy: Mapping[str, float]) -> Figures:
        answerer = Answerer(self.faq, replace(DEFAULT, **policy))  # type: ignore[arg-type]
        clean = self._report(answerer, self.clean)
        mistyped = self._report(answerer, self.mistyped)
        return {
            "dev right": clean.right,
            "precision": clean.precision,
            "false answers": clean.false_answers,
            "dev right, typos": mistyped.right,
            "false answers, typos": mistyped.false_answers,
        }

    def _report(self, answerer: Answerer, queries: Sequence[LabelledQuery]) -> Report:
        return evaluate(answerer.answer, queries, self.golds)


def public(folder: str, share: float) -> list[Public]:
    random = Random(0)

    def part(name: str, train: list[Row], test: Sequence[Asked]) -> Public:
        clean = random.sample(test, int(share * len(test)))
        return Public(name, train, clean, [(with_typos(q, random), id) for q, id in clean])

    clinc = clinc150(folder)
    outside = [(query, None) for query, _ in clinc["oos_test"]]
    return [
        part("CLINC150", clinc["train"], [*clinc["test"], *outside]),
        part("BANKING77", banking77(folder, "train"), banking77(folder, "test")),
    ]


def own() -> Own:
    faq = reading.read(ROOT / "faq.yaml")
    lines = [line for line in read_labelled(QUALITY / "dev.jsonl") if line.language == "en"]
    random = Random(0)
    mistyped = [
        replace(line, query=with_typos(line.query, random))
        for _ in range(DRAWS_OF_TYPOS)
        for line in lines
    ]
    return Own(faq, golds(faq, read_sentences(QUALITY / "sentences.json")), lines, mistyped)


def figures(sets: Sequence[Public], dev: Own, seeds: int, without: Ingredient | None) -> Figures:
    with without.left_out() if without else nullcontext():
        found = dev.figures(without.policy if without else {})
        if not without or without.everywhere:
            for one in sets:
                found |= one.figures(seeds)
        return found


def main(folder: str, seeds: int, share: float, only: Collection[str]) -> None:
    sets, dev = public(folder, share), own()
    whole = figures(sets, dev, seeds, None)
    row("without", *whole)
    row("---", *["--:"] * len(whole))
    row("nothing", *(f"{value:.1f}" for value in whole.values()))
    for ingredient in INGREDIENTS:
        if not only or ingredient.name in only:
            found = figures(sets, dev, seeds, ingredient)
            cells = (f"{found[f] - whole[f]:+.1f}" if f in found else "" for f in whole)
            row(ingredient.name, *cells)


def row(*cells: str) -> None:
    print("|", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default="../shared/data")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--sample", type=float, default=1.0, help="share of the public test rows")
    parser.add_argument("--only", nargs="+", default=(), choices=[i.name for i in INGREDIENTS])
    told = parser.parse_args()
    main(told.folder, told.seeds, told.sample, told.only)
