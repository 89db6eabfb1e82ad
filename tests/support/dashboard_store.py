"""A small store written by hand: every kind of alert, every picture, every state that a screen can show.

All people and institutions in it are made up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from support.dashboard_alerts import alert_of
from support.dashboard_evidence import evidence_of
from support.dashboard_institutions import institutions
from support.dashboard_runs import EARLIER, RUN, cards, matrix, monthly, run

from detection.detectors.catalogue import catalogue
from detection.store import schema
from detection.store.connection import writing
from detection.store.packets.keeping import keep_all
from detection.store.writer import Writer
from features.workspace import Where, Workspace, open_workspace


def build(
    where: Where, manifest: dict[str, Any], *, alerts_of_each: int
) -> tuple[Workspace, list[schema.Alert]]:
    """Fill an empty place with a workspace of one earlier run and the current one; gives its alerts too."""
    workspace = open_workspace(where, create=True)
    Writer(workspace.store)
    with Session(writing(workspace.store), expire_on_commit=False) as session:
        session.add_all(
            [run(EARLIER, 1, "2024-06-03T08:00:00", manifest), run(RUN, 2, "2024-07-02T08:00:00", manifest)]
        )
        session.flush()
        session.add(schema.State(id=1, current_run_id=RUN))
        session.add_all([*institutions(), *monthly(), *matrix(), *cards()])
        session.flush()
        alerts = [alert_of(*place) for place in _places(alerts_of_each)]
        session.add_all(alerts)
        session.flush()
        session.add_all(
            [
                schema.AlertMember(person_id=person, alert_id=alert.alert_id)
                for alert in alerts
                for person in alert.member_ids
            ]
        )
        session.add_all([row for alert in alerts for row in evidence_of(alert)])
        session.flush()
        keep_all(session.connection(), workspace.pseudonym_key())
        session.commit()
    return workspace, alerts


def build_empty(root: Path) -> Workspace:
    """A workspace in which nothing has been run."""
    return open_workspace(root, create=True)


def _places(of_each: int) -> list[tuple[int, int, str]]:
    return [
        (detector * of_each + n, n, name) for detector, name in enumerate(catalogue()) for n in range(of_each)
    ]
