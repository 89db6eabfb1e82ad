"""Exports that cannot be taken in: exit code 3, all that is wrong in words, and the workspace as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.exports import Export
from support.workspaces import content, nothing_half_written

from detection.cli.logs import FAILED_LOG

SECRET = "320602199001011234"
"""An identity that stands in every spoilt export and must not stand in a message."""


def without_a_table(export: Export) -> None:
    (export.data / "providers.csv").unlink()


def without_columns(export: Export) -> None:
    export.frame().drop("scheme", "pool_paid").write_csv(export.data / "settlements.csv")
    export.frame("enrolments").drop("status").write_csv(export.data / "enrolments.csv")


def an_empty_file(export: Export) -> None:
    export.write("persons.csv", "")


def a_header_and_no_rows(export: Export) -> None:
    export.frame().clear().write_csv(export.data / "settlements.csv")


def truncated_parquet(export: Export) -> None:
    export.as_parquet("settlements", export.frame())
    whole = (export.data / "settlements.parquet").read_bytes()
    export.write("settlements.parquet", whole[: len(whole) // 2])


def utf_16(export: Export) -> None:
    export.write("settlements.csv", (export.data / "settlements.csv").read_text("utf-8").encode("utf-16"))


def a_workbook_renamed(export: Export) -> None:
    export.write("persons.csv", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe" * 50)


def a_column_twice(export: Export) -> None:
    export.write("persons.csv", f"person_id,sex,sex\n{SECRET},male,female\n")


def no_money_readable(export: Export) -> None:
    for row in (1, 2):
        export.change("settlements", row, total_amount="one hundred")


def all_at_once(export: Export) -> None:
    without_a_table(export)
    without_columns(export)
    an_empty_file(export)


Spoil = Callable[[Export], None]
CASES: list[tuple[Spoil, tuple[str, ...]]] = [
    (without_a_table, ("providers: no providers.csv",)),
    (without_columns, ("settlements.scheme: missing", "settlements.pool_paid: missing", "enrolments.status")),
    (an_empty_file, ("persons.csv: the file is empty",)),
    (a_header_and_no_rows, ("settlements have a header and no rows",)),
    (truncated_parquet, ("settlements.parquet: not a whole Parquet file",)),
    (utf_16, ("settlements.csv: neither UTF-8 nor GB18030",)),
    (a_workbook_renamed, ("persons.csv: not a whole Excel workbook",)),
    (a_column_twice, ("persons.csv: column given twice: sex",)),
    (no_money_readable, ("No settlement can be used", "unreadable value (total_amount): 2 rows")),
    (all_at_once, ("no providers.csv", "settlements.scheme", "enrolments.status", "persons.csv: the file")),
]


@pytest.mark.parametrize(("spoil", "printed"), CASES, ids=[spoil.__name__ for spoil, _ in CASES])
@pytest.mark.parametrize("verb", ["intake", "run"])
def test_it_is_refused_in_words_and_leaves_no_trace(
    verb: str, spoil: Spoil, printed: tuple[str, ...], tmp_path: Path, finished_copy: Path
) -> None:
    export = Export(tmp_path)
    export.change("persons", 1, person_id=SECRET)
    export.change("settlements", 1, person_id=SECRET)
    spoil(export)
    before = content(finished_copy)
    area = ["--area", "320600"] if verb == "run" else []
    ended = fundwatch(verb, "--data", export.data, "--workspace", finished_copy, *area)
    assert ended.code == 3
    assert [words for words in printed if words not in ended.err] == []
    assert "where:" in ended.err and "next:" in ended.err
    assert "Traceback" not in ended.err and SECRET not in ended.err + ended.out
    assert content(finished_copy) == before, "no snapshot, no run, the store as before"
    assert nothing_half_written(finished_copy)
    log = finished_copy / FAILED_LOG
    assert log.exists() == (verb == "run")
    assert not log.exists() or SECRET not in log.read_text(encoding="utf-8")


def test_a_new_workspace_holds_nothing_after_a_refusal(tmp_path: Path) -> None:
    export = Export(tmp_path)
    without_a_table(export)
    ended = fundwatch("run", "--data", export.data, "--workspace", tmp_path / "new", "--area", "none")
    assert ended.code == 3
    assert set(content(tmp_path / "new")) == {"pseudonym.key", "workspace.json"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ended = fundwatch(
        "run", "--data", tmp_path / "nowhere", "--workspace", tmp_path / "new", "--area", "none"
    )
    assert ended.code == 3
    assert "no data folder" in ended.err and "nowhere" in ended.err


def test_nothing_settled_by_the_requested_day(tmp_path: Path, small_city: Path, finished_copy: Path) -> None:
    before = content(finished_copy)
    ended = fundwatch(
        *("run", "--data", small_city, "--workspace", finished_copy, "--area", "320600"),
        *("--as-of", "1999-01-01"),
    )
    assert ended.code == 3
    assert "no settlement to assess up to 1999-01-01" in ended.err
    assert content(finished_copy) == before
