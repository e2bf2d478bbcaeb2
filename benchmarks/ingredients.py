"""What the matcher and the decision are made of, and how to do without each from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from bot.faq import Faq
from bot.matching import block, matcher, vectors
from bot.matching.aliases import Aliases
from bot.matching.spelling import Spelling

Swap = tuple[Any, str, object]
"""A module or class, the name of something in it, and what takes its place."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """`swaps` take it out; `policy` does, by other numbers of the decision.

    Without `everywhere` it is part of the decision, or at work only in the bot's own FAQ.
    """

    name: str
    swaps: tuple[Swap, ...] = ()
    policy: Mapping[str, float] = field(default_factory=dict)
    everywhere: bool = True

    @contextmanager
    def left_out(self) -> Iterator[None]:
        with ExitStack() as swapped:
            for swap in self.swaps:
                swapped.enter_context(patch.object(*swap))
            yield


def _without_evidence(at: int) -> tuple[Swap, ...]:
    weights = list(block.EVIDENCE_WEIGHTS)
    weights[at] = 0.0
    return ((block, "EVIDENCE_WEIGHTS", tuple(weights)),)


INGREDIENTS = (
    Ingredient(
        "stems",
        ((matcher, "stem", lambda word: word),),
    ),
    Ingredient("spelling repair", ((Spelling, "repair", lambda self, query: tuple(query)),)),
    Ingredient("pairs of stems", ((vectors, "SHARES", (2 / 5, 0.0, 3 / 5)),)),
    Ingredient("runs of characters", ((vectors, "SHARES", (2 / 3, 1 / 3, 0.0)),)),
    Ingredient("squared kernel", ((block, "_kernel", lambda similarities: similarities),)),
    Ingredient("few rivals: three groups instead of eight", ((block, "GROUPS", 3),)),
    Ingredient("evidence: words known at all", _without_evidence(1)),
    Ingredient("evidence: words known to the entry", _without_evidence(2)),
    Ingredient(
        "aliases",
        ((Aliases, "replace", lambda self, query: tuple(query)),),
        everywhere=False,
    ),
    Ingredient("kin", ((Faq, "kin", lambda self, entry: ()),), everywhere=False),
    Ingredient("what the query asks for", policy={"other_form": 1.0}, everywhere=False),
    Ingredient("names of others", policy={"other_name": 1.0}, everywhere=False),
    Ingredient("names that are unknown", policy={"stranger": 1.0}, everywhere=False),
    Ingredient("words typical of the FAQ", policy={"typical": 0.0}, everywhere=False),
    Ingredient("statements are no questions", policy={"statement": 1.0}, everywhere=False),
    Ingredient("ties between known and unknown", policy={"tie": 2.0}, everywhere=False),
)
