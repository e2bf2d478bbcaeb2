"""How long and how much is kept of what people asked in vain; /privacy tells it."""

from __future__ import annotations

KEPT_DAYS = 30
"""Days for which a miss is kept: an editor who looks once a month sees each of them."""

MOST_A_DAY = 200
"""Different misses that are kept of one day: more than anybody reads, and whoever floods the bot
crowds out that day's and no other's. With the above there are never more than 6,000."""
