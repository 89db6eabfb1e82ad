"""Links between settlements and refunds that lead the other way, or nowhere."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.intake.checks.links import NO_LINK, TURNED


def write(export: Export, rows: list[tuple[str, int, str]]) -> None:
    """Settlements of one person: id, total in yuan, and the settlement that the row names."""
    header = "settlement_id,person_id,provider_id,settled_at,scheme,person_category,care_type"
    lines = [
        f"{name},001,p1,2024-03-{number % 28 + 1:02} 10:00:00,employee,active,pharmacy,{total},0,{total},{link}"
        for number, (name, total, link) in enumerate(rows)
    ]
    header += ",total_amount,pool_paid,account_paid,reverses_settlement_id"
    export.write("settlements.csv", "\n".join([header, *lines]))


def links(export: Export) -> tuple[dict[str, str | None], dict[str, int]]:
    """What each accepted settlement takes back, and the corrected rows by kind."""
    ingested = export.ingest()
    named = zip(
        ingested.column("settlements.settlement_id"),
        ingested.column("settlements.reverses_settlement_id"),
        strict=True,
    )
    read_as = ingested.manifest.tables["settlements"].read_as
    return dict(named), {each.form: each.cells for each in read_as if each.column == "reverses_settlement_id"}


@pytest.mark.parametrize("back", ["", "s1"])
def test_a_link_from_a_settlement_to_its_refund_is_turned(export: Export, back: str) -> None:
    write(export, [("s1", 50, "r1"), ("r1", -50, back), ("s2", 70, "")])
    named, corrected = links(export)
    assert named == {"s1": None, "r1": "s1", "s2": None}
    assert corrected == {TURNED: 1}
    assert export.ingest().quarantine() == []


@pytest.mark.parametrize(
    "rows",
    [
        [("s1", 50, "r1"), ("r1", -40, "")],
        [("s1", 50, ""), ("r1", -50, "s1"), ("s2", 50, "r1")],
    ],
)
def test_a_link_to_another_refund_is_not_turned(export: Export, rows: list[tuple[str, int, str]]) -> None:
    write(export, rows)
    _, corrected = links(export)
    assert corrected == {}
    assert len(export.ingest().quarantine()) == 1


@pytest.mark.parametrize(("rows", "cleared"), [(10, 0), (11, 11), (30, 30)])
def test_a_word_of_many_rows_is_no_link(export: Export, rows: int, cleared: int) -> None:
    write(export, [*((f"s{number}", 50, "0") for number in range(rows)), ("x", 20, ""), ("r", -20, "x")])
    named, corrected = links(export)
    assert named["r"] == "x"
    assert corrected == ({NO_LINK: cleared} if cleared else {})
    assert len(export.ingest().quarantine()) == rows - cleared
