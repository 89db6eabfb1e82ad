"""Who works on alerts, packets and cases at the screens, and which day it is."""

from __future__ import annotations

import datetime as dt

from dashboard.session import actor, now
from detection.cases.moves import Actor
from detection.followup.desk import at_desk

_DAY = 10


def acting() -> Actor:
    """Whoever is at the screen, in their role."""
    return at_desk(actor())


def today() -> dt.date:
    """Today, by the clock of the server."""
    return dt.date.fromisoformat(now()[:_DAY])
