"""Messages and manifests hold no value of a row."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from support.exports import Export

from features.errors import InputError
from features.intake.values.printable import NOT_SHOWN, is_header, printable_codes

PERSON = "32060219630103000X"


@pytest.mark.parametrize(
    "cells",
    [
        (PERSON, "male"),
        ("P098024459", "female"),
        ("张三", "1963-01-03"),
        ("1963年1月", "x"),
        ("320602", "a"),
        ("root:x:0:0:root:/root:/bin/bash",),
        ("a long remark of somebody about somebody else",),
    ],
)
def test_a_row_is_no_header(cells: tuple[str, ...]) -> None:
    assert not is_header(cells)


@pytest.mark.parametrize(
    "cells",
    [("person_id", "sex"), ("参保人编号", "结算时间"), ("fee 2024", "(column 5)"), ("Betrag (€)", "AAC001")],
)
def test_names_are_a_header(cells: tuple[str, ...]) -> None:
    assert is_header(cells)


def test_a_file_without_a_header_prints_nothing_of_its_first_row(export: Export) -> None:
    persons = export.data / "persons.csv"
    first = f"{PERSON},male,1963-01-03,320611"
    persons.write_text(first + "\n" + persons.read_text().partition("\n")[2])
    with pytest.raises(InputError) as refused:
        export.ingest()
    text = str(refused.value)
    assert "looks like a row of data" in text
    assert not [cell for cell in first.split(",") if cell in text]


def test_ids_in_a_code_column_are_counted_and_not_shown() -> None:
    assert printable_codes(Counter({PERSON: 3, "P098024459": 2, "19": 5})) == {"19": 5, NOT_SHOWN: 5}
    names = Counter({f"name {number}": 2 for number in range(31)})
    assert printable_codes(names) == {NOT_SHOWN: 62}
    assert json.dumps(printable_codes(Counter({"07": 1}))) == '{"07": 1}'
