"""The cases that others met in the field, where their folders are next to the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.field_cases import alerts, outcomes
from support.paths import ROOT

CASES = ROOT.parent / "shared" / "cases"

pytestmark = pytest.mark.real_data

LAWFUL = {
    "30-run-tab-ids": None,
    "35-run-misspelt-columns": None,
    "35b-run-payer-column-absent": None,
    "39-run-person-id-reissued": None,
    "73-amounts-in-fen": None,
    "81-agreements-not-yet-renewed": None,
    "84-empty-authorisations-table": None,
    "67-nhsa-ledger-days": "nhsa",
}
"""Cases that lie over the lawful city, with the preset that reads them."""


def built(case: str, out: Path) -> list[Path]:
    """The folders of a case: its base without what it lacks, and its own files over it."""
    folders = []
    for name, part in json.loads((CASES / case / "case.json").read_text(encoding="utf-8"))["parts"].items():
        to = out / name
        to.mkdir(parents=True)
        base = CASES / "base" / part["over"] if part["over"] else None
        kept = [path for path in base.iterdir() if path.name not in part["absent"]] if base else []
        for path in [*kept, *(CASES / case / name).iterdir()]:
            shutil.copyfile(path, to / path.name)
        folders.append(to)
    return folders


@pytest.mark.parametrize(("case", "preset"), LAWFUL.items())
def test_a_case_over_the_lawful_city_accuses_no_person(case: str, preset: str | None, tmp_path: Path) -> None:
    if not (CASES / case).is_dir():
        pytest.skip(f"the case {case} is not next to the project")
    for number, folder in enumerate(built(case, tmp_path / "built")):
        given = outcomes(folder, tmp_path / f"ws{number}", preset)
        assert alerts(given) == {}, folder.name
