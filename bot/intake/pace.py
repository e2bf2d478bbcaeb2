"""How long is waited for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Times in seconds; tests are in a hurry."""

    pause: float = 1.0
    """After a first failure; twice as long after each further one, up to half a minute."""

    commit: float = 2.0
    """For an update to be stored, until whoever brings it is told to come again."""

    look: float = 5.0
    """Between looks for what another process has left; claims are renewed as often."""

    tidy: float = 60.0
    """Until what was answered is wiped off the disk."""

    drain: float = 4.5
    """For what is in work when the bot is told to stop; 10 s are promised for all that follows."""

    poll: float = 30.0
    """For which Telegram holds a request for updates open when there are none; it allows 50."""

    hung: float = 10.0
    """On top of `poll`, until a request is taken for lost."""

    unready: float = 30.0
    """Without updates or the news that there are none, until the bot counts as not ready."""

    silence: float = 120.0
    """Without any answer to requests for updates, until the bot ends, to be started anew."""
