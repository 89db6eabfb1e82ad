"""Loops of one visit say more than as many loops of different days."""

from __future__ import annotations

from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from features.engine import Views, collect
from features.policy import load_policy

LOOPS = 4
HEADER = "settlement | person | provider | care_type | settled_at | total_amount | reverses_settlement"


def row(name: str, person: str, at: str, yuan: int, reverses: str = "") -> str:
    return f"{name} | {person} | p1 | pharmacy | {at} | {yuan}.00 | {reverses}"


def loops(person: str, *, per_day: int) -> list[str]:
    """So many loops of a person, some of them on one day, and purchases that stand on other days."""
    rows = [row(f"{person}-{n}", person, f"2024-02-{n + 1:02d} 09:00", 60) for n in range(12)]
    for number in range(LOOPS):
        day, hour = 1 + number // per_day, 10 + number % per_day
        sold, undone = f"{person}s{number}", f"{person}u{number}"
        rows.append(row(sold, person, f"2024-03-{day:02d} {hour}:00", 80))
        rows.append(row(undone, person, f"2024-03-{day:02d} {hour}:10", -80, sold))
    return rows


def test_two_loops_in_each_visit_are_rarer_than_one() -> None:
    honest = [row(f"h{n}", f"h{n}", f"2024-02-{n % 28 + 1:02d} 11:00", 60) for n in range(300)]
    rows = [HEADER, *honest, *loops("once", per_day=1), *loops("twice", per_day=2)]
    tables = World.from_rows(settlements="\n".join(rows)).tables()
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    detector = catalogue()["refund_resettle_loop"]
    assert detector.evidence is not None
    evidence = collect(detector.evidence(context, detector.card.detector_thresholds))
    values: dict[str, float] = {}
    for name, value in evidence.select("subject_id", "value").rows():
        values[name] = max(value, values.get(name, 0.0))
    assert 0 < values["once"] < values["twice"]
