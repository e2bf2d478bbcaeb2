"""From a query to the entries it may mean, with a score that is evidence of being right.

In reading order: `matcher` (the theory, and the whole path of a query), `transliteration`,
`aliases`, `spelling`, `background` (how often people use a word at large), `block`, `features`,
`postings`, `vectors`; and `collisions` (phrasings that stand nearer to another entry). Nothing here
knows the FAQ file, Telegram or any threshold of the answers.
"""

from bot.matching.background import is_common
from bot.matching.collisions import Collision
from bot.matching.matcher import Candidate, Matcher

__all__ = ["Candidate", "Collision", "Matcher", "is_common"]
