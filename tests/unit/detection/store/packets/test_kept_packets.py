"""The table of packets is what the alerts say, after every kind of act."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from support.alert_acts import CHEN, LI, NOON, alert_act
from support.both_stores import on_both_stores
from support.case_steps import DAY, PAIR, ZHAO, act
from support.drafts import a_draft
from support.older_stores import take_back
from support.store_runs import Store

from detection.alerts.draft import AlertDraft, Severity, Subject
from detection.cases.moves import Act
from detection.followup import cases, suppressions
from detection.masking import id_digests
from detection.store.casework.keys import PacketKey, key_of
from detection.store.connection import reading
from detection.store.lifecycle import OPEN
from detection.store.packets.table import StoredPacket
from detection.store.queries import Filters, open_store, stored
from detection.store.queries.casework.packets import Packet, PacketFilters, counts_by_queue, packets
from features.errors import UsageError
from features.workspace import Place

SEEDS = range(3)
ACTS = 40
ALERTS = 14
SUBJECTS = (
    ("person", "anna", None),
    ("payer_account", "anna", "p1"),
    ("person", "ben", None),
    ("prescriber", "dr1", "p1"),
    ("group", "some", None),
    ("agency", "office", None),
)
QUEUES = ("insured", "institutions", "agency")
DISTRICTS = ("320602", "320611", None)
SEVERITIES: tuple[Severity, ...] = ("info", "definite")
LEAVE: Act = Act(
    "propose_suppression",
    DAY,
    reason="lives in a nursing home",
    code="legitimate_explained/nursing_home",
    until=dt.date(2026, 12, 31),
)
Row = tuple[int | None, int | None, str | None, str | None]


def a_changing_draft(number: int, chance: random.Random) -> AlertDraft:
    """An alert whose case stays, and whose grade, score and district a run may change."""
    steady = random.Random(number)
    kind, identity, provider = steady.choice(SUBJECTS)
    draft = a_draft(f"k{number:02}", queue=steady.choice(QUEUES), score=float(chance.randrange(100)))
    subject = Subject(
        kind, identity, (), provider, "pharmacy" if provider else None, chance.choice(DISTRICTS)
    )
    return replace(draft, subject=subject, severity=chance.choice(SEVERITIES))


def of_alerts(store: Store) -> dict[PacketKey, Row]:
    """Packets, counted by hand."""
    counted: dict[PacketKey, list[Any]] = defaultdict(list)
    with open_store(store.workspace) as reader:
        for alert in stored.alerts(reader, Filters(status="")):
            waits = [alert] if alert.status in OPEN else []
            counted[PacketKey(alert.queue, str(alert.packet_kind), str(alert.packet_subject))] += waits
    return {key: _of(alerts) for key, alerts in counted.items()}


def _of(alerts: list[Any]) -> Row:
    if not alerts:
        return None, None, None, None
    districts = [alert.district or "" for alert in alerts]
    ranks, grades = [alert.rank for alert in alerts], [alert.severity_order for alert in alerts]
    return min(ranks), max(grades), min(districts), max(districts)


def kept(store: Store) -> dict[PacketKey, Row]:
    """Packets as the table has them; each is found by its id."""
    digest, key = id_digests(store.workspace.pseudonym_key()), store.workspace.pseudonym_key()
    with reading(store.workspace.store).connect() as connection:
        rows = connection.execute(select(StoredPacket.__table__)).all()
    names = {PacketKey(*row[:3]): row for row in rows}
    assert all(row.id_digest == digest(packet.packet_id(key)) for packet, row in names.items())
    return {
        packet: (row.rank, row.highest, row.first_district, row.last_district)
        for packet, row in names.items()
    }


class Desk:
    """Random acts of people and runs on one store."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.chance, self.runs = store, random.Random(seed), 0
        self.where = Place(store.workspace.root, store.workspace.database)
        self.leads: list[str] = []
        self.suppressions: list[int] = []

    def run(self) -> None:
        self.runs += 1
        drafts = [
            a_changing_draft(number, self.chance) for number in range(ALERTS) if self.chance.random() < 0.8
        ]
        day = dt.date(2026, 11, 1) + dt.timedelta(days=10 * self.runs)
        self.store.run(f"r{self.runs}", *drafts, finished_at=f"{day}T08:00:00")

    def move(self) -> None:
        alert = self.chance.choice(self.store.alerts()).alert_id
        name, by = self.chance.choice(
            [
                *((move, LI) for move in ("triage", "snooze", "dismiss", "dismiss", "undo", "reopen")),
                ("confirm_dismissal", CHEN),
                ("escalate", LI),
                ("expire", ZHAO),
            ]
        )
        self.store.writer.act(alert, alert_act(name), actor=by, at=NOON)

    def suppress(self) -> None:
        alert = self.chance.choice(self.store.alerts()).alert_id
        number = suppressions.propose(self.where, alert, LEAVE, actor=LI, at=NOON).number
        confirm = Act("confirm_suppression", DAY, reason="the register agrees")
        suppressions.decide(self.where, number, confirm, actor=CHEN, at=NOON)
        self.suppressions.append(number)

    def lift(self) -> None:
        if self.suppressions:
            number = self.suppressions.pop()
            lift = Act("lift_suppression", DAY, reason="moved away")
            suppressions.decide(self.where, number, lift, actor=ZHAO, at=NOON)

    def open(self) -> None:
        with open_store(self.store.workspace) as reader:
            packet_id = self.chance.choice([packet.packet_id for packet in packets(reader, PacketFilters())])
        self.leads.append(
            cases.open_case(
                self.where, packet_id, actor=LI, at=NOON, reason="patterns agree", kind="lead"
            ).case_id
        )

    def end(self) -> None:
        if self.leads:
            lead = self.leads.pop()
            for step, by in (
                (act("assign", inspectors=PAIR), ZHAO),
                (act("propose_ending", code="legitimate_explained/nursing_home"), LI),
                (act("confirm_ending"), CHEN),
            ):
                cases.move(self.where, lead, step, actor=by, at=NOON)

    def any_act(self) -> str:
        """Do something; its name, or ``refused``."""
        acts: list[Callable[[], None]] = [
            self.run,
            *[self.move] * 4,
            self.suppress,
            self.lift,
            self.open,
            self.end,
        ]
        chosen = self.chance.choice(acts)
        try:
            chosen()
        except UsageError:
            return "refused"
        return chosen.__name__


@on_both_stores
@pytest.mark.parametrize("seed", SEEDS)
def test_packets_are_those_of_the_alerts_after_any_acts(store: Store, seed: int) -> None:
    desk = Desk(store, seed)
    desk.run()
    done = Counter[str]()
    for _ in range(ACTS):
        done[desk.any_act()] += 1
        assert kept(store) == of_alerts(store)
    assert {"run", "move", "suppress", "open"} <= done.keys(), done


def test_an_older_store_gets_its_packets_and_finds_them_before_its_next_run(store: Store) -> None:
    desk = Desk(store, 0)
    desk.run()
    before, [first, *_] = of_alerts(store), listed(store, PacketFilters())
    take_back(store.workspace.store_file, "0024")
    with open_store(store.workspace) as reader:
        rows = reader.session.scalars(select(StoredPacket)).all()
        assert {row.id_digest for row in rows} == {None}
        key = key_of(reader.session.connection(), store.workspace.pseudonym_key(), first.packet_id)
        assert key in before
    of_table = {
        PacketKey(row.queue, row.packet_kind, row.packet_subject): (
            row.rank,
            row.highest,
            row.first_district,
            row.last_district,
        )
        for row in rows
    }
    assert of_table == before
    desk.run()
    assert kept(store) == of_alerts(store)


def test_a_district_has_the_packets_with_an_open_alert_there(store: Store) -> None:
    places = {"both": ("320602", "320611"), "one": ("320602",), "three": ("320601", "320611", "320699")}
    drafts = [
        a_draft(f"{name} {district}", kind="person", identity=name, district=district)
        for name, districts in places.items()
        for district in districts
    ]
    store.run("r1", *drafts)

    def there(district: str) -> set[int]:
        with open_store(store.workspace) as reader:
            filters = PacketFilters(district=district)
            listed = packets(reader, filters)
            assert counts_by_queue(reader, filters)["insured"] == len(listed)
            return {packet.alerts for packet in listed}

    assert there("320602") == {1, 2}
    assert there("320611") == {2, 3}
    assert there("320699") == {3}
    assert there("320605") == set()
    with open_store(store.workspace, scope=("320601", "320699")) as reader:
        assert packets(reader, PacketFilters()) == [], "an alert is of a district between them"
    with open_store(store.workspace, scope=("320602", "320611")) as reader:
        assert {packet.alerts for packet in packets(reader, PacketFilters())} == {1, 2}
        assert counts_by_queue(reader, PacketFilters())["insured"] == 2


def listed(store: Store, filters: PacketFilters) -> list[Packet]:
    with open_store(store.workspace) as reader:
        return packets(reader, filters)
