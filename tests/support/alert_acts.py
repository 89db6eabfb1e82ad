"""Acts on alerts in tests, with what each of them requires."""

from __future__ import annotations

import datetime as dt

from detection.cases.moves import Act, Actor
from detection.store.writer import Writer

NOON = "2026-11-30T12:00:00"
EXPLAINED = "legitimate_explained/nursing_home"
LI, CHEN = Actor("li", "inspector"), Actor("chen", "reviewer")


def alert_act(move: str, note: str = "seen twice", at: str = NOON) -> Act:
    """A move with a reason, with a verdict where it dismisses, and a day where it puts aside."""
    on = dt.date.fromisoformat(at[:10])
    dismisses = move in ("dismiss", "propose_dismissal", "dismiss_small")
    until = on + dt.timedelta(days=14) if move == "snooze" else None
    return Act(move, on, reason=note, code=EXPLAINED if dismisses else "", until=until)


def dismiss(writer: Writer, alert_id: str, note: str = "seen twice", at: str = NOON) -> None:
    """Dismiss an alert: by Li, and by Chen where a second person must confirm it."""
    if writer.act(alert_id, alert_act("dismiss", note, at), actor=LI, at=at).status == "proposed":
        writer.act(alert_id, alert_act("confirm_dismissal", note, at), actor=CHEN, at=at)
