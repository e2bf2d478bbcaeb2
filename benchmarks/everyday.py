"""How many everyday questions, which have nothing to do with the talks, are answered all the same.

    python -m benchmarks.everyday [FOLDER] [--list]

FOLDER holds CLINC150 (benchmarks/data.py; default ../shared/data): what people ask of an assistant,
in its intents and outside of them. "chosen by" are the rows beside which the policy was chosen;
"unseen" were only counted. --list prints what is answered, the surest first.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.data import clinc150
from bot import reading
from bot.answering import Answer, Answerer, Decision, Suggest

ROOT = Path(__file__).parent.parent
PARTS = {"chosen by": ("val", "oos_val", "oos_train"), "unseen": ("test", "oos_test")}


def decided(folder: str) -> Mapping[str, Sequence[Decision]]:
    """What the bot makes of each question, by part."""
    answerer = Answerer(reading.read(ROOT / "faq.yaml"))
    data = clinc150(folder)
    return {
        name: [answerer.answer(query, "en") for part in parts for query, _ in data[part]]
        for name, parts in PARTS.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="../shared/data")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    found = decided(arguments.folder)
    print(f"{'':12}{'questions':>10}{'answered':>10}{'not said':>10}{'asked back':>12}")
    for name, decisions in found.items():
        answers = [it for it in decisions if isinstance(it, Answer)]
        suggested = sum(isinstance(it, Suggest) for it in decisions)
        unknown = sum(it.entry.unknown for it in answers)
        counts = f"{len(answers):10}{unknown:10}{suggested:12}"
        print(f"{name:12}{len(decisions):10}{counts}")
        if arguments.list:
            for answer in sorted(answers, key=lambda it: -it.candidates[0].score):
                print(f"    {answer.candidates[0].score:4.0f} {answer.entry.id:24} {answer.query}")
    print('"not said": those answered by an entry that the article does not say this.')


if __name__ == "__main__":
    main()
