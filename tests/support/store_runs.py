"""Runs of a small store, one after the other, and what readers then see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from support.alert_acts import LI, NOON, alert_act
from support.drafts import a_card

from detection.alerts.draft import AlertDraft
from detection.cases.moves import Actor
from detection.detectors.assessability import Assessability
from detection.detectors.cards import Card
from detection.store.queries import Filters, open_store, stored
from detection.store.records import RunRecord
from detection.store.schema import Alert, AlertEvent
from detection.store.writer import Writer
from features.workspace import Database, Place, Workspace, open_workspace

AVAILABLE = Assessability("available", "", "", 10, 10)
NOT_ASSESSABLE = Assessability("not_assessable", "needs enrolments", "缺少数据表 enrolments", 0, 10)
INSTITUTIONS = pl.DataFrame(
    {
        "provider_id": ["p1"],
        "name": ["Lilac Pharmacy"],
        "kind": ["pharmacy"],
        "level": ["ungraded"],
        "district": ["320602"],
    }
)
SPEND = pl.DataFrame(
    {"month": ["2024-03"], "settlements": [3], "pool": [1000], "account": [200], "mutual_aid": [34]}
)


class Store:
    """A workspace's store under test: commit runs, act, and look."""

    def __init__(
        self,
        folder: Path,
        *,
        simulated: bool = False,
        profile: str | None = None,
        database: Database | None = None,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.workspace: Workspace = open_workspace(Place(folder / "ws", database), create=True)
        self.writer = Writer(self.workspace.store)
        self.simulated = simulated
        self.manifest = {"policy": {"profile": profile}}

    def run(
        self,
        name: str,
        *drafts: AlertDraft,
        looked: Mapping[str, Assessability] | None = None,
        days: tuple[str, str] = ("2024-01-01", "2024-06-30"),
        cards: Sequence[Card] = (a_card(),),
        superseded: Mapping[str, str] | None = None,
        institutions: pl.DataFrame = INSTITUTIONS,
        finished_at: str = "",
        as_of: str = "2024-06-30",
        people: Sequence[str] = (),
    ) -> dict[str, int]:
        """Commit a run; the detector ``a_rule`` could look unless ``looked`` says otherwise."""
        record = RunRecord(
            run_id=name,
            finished_at=finished_at or "2026-12-01T08:00:00",
            as_of=as_of,
            area="320600",
            snapshot_id="snapshot",
            code_version="1",
            config_digest="c",
            simulated=self.simulated,
            first_day=days[0],
            last_day=days[1],
            manifest=self.manifest,
        )
        return self.writer.commit_run(
            record,
            drafts,
            assessability={"a_rule": AVAILABLE} if looked is None else looked,
            cards=cards,
            institutions=institutions,
            monthly_spend=SPEND,
            superseded=superseded,
            people=people,
            masking_key=self.workspace.pseudonym_key(),
        )

    def act(self, draft: AlertDraft, action: str, note: str = "seen twice", by: Actor = LI) -> str:
        """What somebody does to an alert, Li unless another is named."""
        return self.writer.act(draft.alert_id, alert_act(action, note), actor=by, at=NOON).status

    def alert(self, draft: AlertDraft) -> Alert:
        """The alert as readers see it."""
        with open_store(self.workspace) as store:
            return stored.alert(store, draft.alert_id)

    def alerts(self) -> list[Alert]:
        """All alerts by rank."""
        with open_store(self.workspace) as store:
            return stored.alerts(store, Filters(status=""))

    def events(self, draft: AlertDraft) -> list[AlertEvent]:
        """What was done to an alert, oldest first."""
        with open_store(self.workspace) as store:
            return stored.events(store, draft.alert_id)

    def current(self) -> str:
        """The run that readers see."""
        with open_store(self.workspace) as store:
            return store.current_run().run_id
