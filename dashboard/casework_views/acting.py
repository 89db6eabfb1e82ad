"""Who works on packets and cases at the screens, and which day it is."""

from __future__ import annotations

import datetime as dt

from dashboard.session import ACTOR, now
from detection.cases.moves import Actor

_DAY = 10


def acting() -> Actor:
    """Whoever is at the screen; an inspector until there is a sign-in."""
    return Actor(ACTOR, "inspector")


def today() -> dt.date:
    """The day on which the page is drawn."""
    return dt.date.fromisoformat(now()[:_DAY])
