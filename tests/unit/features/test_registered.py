"""Which rows a registered context covers."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.registered import covered

ROWS = pl.DataFrame(
    {"row": [1, 2, 3, 4], "person_id": ["a", "a", "b", "b"], "provider_id": ["p", "q", "p", "q"], "day": 10}
)
FORM = {
    "kind": pl.String(),
    "person_id": pl.String(),
    "provider_id": pl.String(),
    "from_day": pl.Int32(),
    "to_day": pl.Int32(),
}


def rows_covered(*contexts: tuple[str | None, str | None, int, int | None]) -> list[int]:
    frame = pl.DataFrame([("event", *context) for context in contexts], schema=FORM, orient="row")
    rows = covered(nw.from_native(ROWS.lazy()), nw.from_native(frame.lazy())).to_native()
    return sorted(rows.collect()["row"])


def test_a_context_covers_its_person_its_provider_or_both() -> None:
    assert rows_covered(("a", None, 1, None)) == [1, 2]
    assert rows_covered((None, "p", 1, None)) == [1, 3]
    assert rows_covered(("a", "p", 1, None)) == [1]


def test_a_context_without_person_and_provider_covers_nothing() -> None:
    assert rows_covered((None, None, 1, None)) == []


def test_both_ends_belong_to_a_context() -> None:
    assert rows_covered(("a", "p", 10, 10)) == [1]
    assert rows_covered(("a", "p", 11, None), ("a", "p", 1, 9)) == []


def test_a_row_is_returned_for_each_context_with_its_kind() -> None:
    contexts = pl.DataFrame(
        [("event", "a", None, 1, None), ("clinic_day", None, "p", 1, None)], schema=FORM, orient="row"
    )
    rows = covered(nw.from_native(ROWS.lazy()), nw.from_native(contexts.lazy()), with_kind=True)
    kinds = rows.to_native().collect().sort("row", "context_kind").select("row", "context_kind").rows()
    assert kinds == [(1, "clinic_day"), (1, "event"), (2, "event"), (3, "clinic_day")]
