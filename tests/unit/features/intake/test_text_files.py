"""CSV files: encodings, quotes, long and short rows."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.errors import InputError
from features.intake.reading import batches
from features.intake.sinks import WRONG_FIELDS


def encodings(export: Export) -> dict[str, str]:
    return {file.name: file.encoding for file in export.ingest().manifest.files}


@pytest.mark.parametrize(
    ("written", "seen"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_the_encoding_is_detected(export: Export, written: str, seen: str) -> None:
    text = (export.data / "providers.csv").read_text(encoding="utf-8")
    export.write("providers.csv", text.encode(written))
    assert encodings(export)["providers.csv"] == seen
    assert export.ingest().column("providers.provider_name") == ["健民药店"]


def test_chinese_text_is_whole_across_the_blocks_of_a_long_file(export: Export) -> None:
    names = [f"第{number}药店" * 40 for number in range(40_000)]
    rows = [f"q{number},{name},pharmacy,ungraded,320600" for number, name in enumerate(names)]
    text = "\n".join(["provider_id,provider_name,provider_kind,level,pooling_area", *rows])
    export.write("providers.csv", text.encode("gb18030"))
    assert export.ingest().column("providers.provider_name") == names


def test_a_header_beyond_the_first_read_is_seen_whole(export: Export) -> None:
    wide = ",".join(f"further_{number:05}" for number in range(8_000))  # 112 kB
    header, row = (export.data / "providers.csv").read_text(encoding="utf-8").splitlines()[:2]
    export.write("providers.csv", f"{wide},{header}\n{',' * 8_000}{row}\n".encode())
    assert export.ingest().column("providers.provider_name") == ["健民药店"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_encoding_is_refused_and_the_file_named(export: Export, encoding: str) -> None:
    text = (export.data / "persons.csv").read_text(encoding="utf-8")
    export.write("persons.csv", (text + "é\n").encode(encoding))
    with pytest.raises(InputError, match=r"persons\.csv: neither UTF-8 nor GB18030"):
        export.ingest()


def test_a_text_file_cut_inside_a_character_is_refused_not_misread(export: Export) -> None:
    whole = (export.data / "providers.csv").read_bytes()
    cut = whole.index("店".encode()) + 1
    export.write("providers.csv", whole[:cut])
    with pytest.raises(InputError, match="truncated within a character"):
        export.ingest()


def test_a_file_marked_as_utf8_is_read_as_utf8_only(export: Export) -> None:
    export.write("persons.csv", b"\xef\xbb\xbfperson_id,sex\n\xb2\xe2,male\n")
    with pytest.raises(InputError, match=r"persons\.csv: UTF-8 but for line 2,"):
        export.ingest()


def test_a_quote_that_never_closes_is_refused_with_its_line(export: Export) -> None:
    text = (export.data / "persons.csv").read_text() + '003,"male,1990-01-01\n004,male,1990-01-01\n'
    export.write("persons.csv", text)
    with pytest.raises(InputError, match=r"persons\.csv, line 4: a quote opens a cell that never closes"):
        export.ingest()


def test_quotes_keep_commas_and_line_breaks_together(export: Export) -> None:
    export.change("providers", 1, provider_name="A, B\nand C")
    assert export.ingest().column("providers.provider_name") == ["A, B\nand C"]


def test_formulas_and_markup_are_kept_unchanged(export: Export) -> None:
    name = "=cmd|'/c calc'!A1 <script>alert(1)</script>"
    export.write(
        "providers.csv",
        f'provider_id,provider_name,provider_kind,level,pooling_area\np1,"{name}",pharmacy,ungraded,320600\n',
    )
    assert export.ingest().column("providers.provider_name") == [name]


def test_rows_with_missing_or_extra_fields_are_quarantined_by_number(export: Export) -> None:
    lines = (export.data / "persons.csv").read_text().splitlines()
    export.write("persons.csv", "\n".join([lines[0], "003", lines[1], "004,male,1990-01-01,extra", lines[2]]))
    ingested = export.ingest()
    assert ingested.quarantine() == [("persons", 1, "", WRONG_FIELDS), ("persons", 3, "", WRONG_FIELDS)]
    assert ingested.column("persons.source_row") == [2, 4]
    assert ingested.rows("persons") == {
        "read": 4,
        "accepted": 2,
        "quarantined": 2,
        "excluded": 0,
        "flagged": 0,
    }


def test_row_numbers_hold_across_the_blocks_of_a_long_file(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_BLOCK_BYTES", 256)
    rows = [f"{number}" if number % 7 == 0 else f"{number},male,1990-01-01" for number in range(1, 200)]
    export.write("persons.csv", "\n".join(["person_id,sex,birth_date", *rows]))
    ingested = export.ingest()
    assert [str(row) for row in ingested.column("persons.source_row")] == ingested.column("persons.person_id")
    assert [row for _, row, _, _ in ingested.quarantine()] == list(range(7, 200, 7))
