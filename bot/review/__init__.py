"""What to look at again in an FAQ file that has no mistakes: warnings, each with its place.

In reading order: `comments` (texts that a # may have cut), `editorial` (dates, quotes that lost a
"not"), `sides` (whose words an answer gives, and the other side's), `translations` (missing, made
of an older English text, or in the wrong language), `promises` (ids that are gone), `aliases`
(everyday words), `collisions` (phrasings that are nearer to another entry), `coverage` (sentences
of a source that no entry quotes).
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from bot.errors import Problem
from bot.loading import File
from bot.review import (
    aliases,
    collisions,
    comments,
    coverage,
    editorial,
    promises,
    sides,
    translations,
)

__all__ = ["warnings"]


def warnings(file: File, *, published: Collection[str] = ()) -> list[Problem]:
    """Every warning, in the order of the file; then those of its sources.

    `published` are the ids of the entries that the file had before.
    """
    told = chain(
        comments.warnings(file.document),
        editorial.warnings(file.faq),
        sides.warnings(file.faq),
        translations.warnings(file.faq),
        promises.warnings(file.faq, published),
        aliases.warnings(file.faq),
        collisions.warnings(file.faq),
    )
    return [*sorted(file.warnings(told)), *coverage.warnings(file.faq)]
