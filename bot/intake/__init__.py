"""Updates in: nothing that Telegram counts as delivered is lost, nothing is answered twice.

    long polling --\\                               /--> handlers --> settled
    webhook --------+--> accept: stored, committed +--> Telegram is away: postponed, that chat waits
                                                    \\--> poison: given up, and the chat goes on

PTB's own Updater and webhook keep what they confirm in memory; a crash loses it. In reading order:

    pace.py      how long is waited for what
    updates.py   what an update tells before it is parsed: its kind, its place in an order
    handling.py  one update: what becomes of it, which errors pass and how long to wait for that
    intake.py    Intake: stores what comes, works it off, stops in time
    poller.py    Poller: fetches updates by long polling
"""

from __future__ import annotations

from bot.intake.handling import AnyApplication, Handling
from bot.intake.intake import Intake, Readiness
from bot.intake.pace import Pace
from bot.intake.poller import Poller

__all__ = ["AnyApplication", "Handling", "Intake", "Pace", "Poller", "Readiness"]
