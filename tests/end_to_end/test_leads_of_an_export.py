"""The optional table of outside leads of an export comes into the queue with the run, once."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
from support.cities import frames
from support.commands import fundwatch

from detection.store.queries.leads.queue import LeadFilters, lead_lines
from detection.store.queries.reader import open_reader

TODAY = dt.date(2024, 8, 1)


def write_leads(city: Path, people: list[str], due: str) -> None:
    rows = {
        "lead_id": ["A1", "A2", "A3"],
        "received_on": ["2024-05-02", "2024-05-03", "2024-06-01"],
        "sender": ["complaint", "national_list", "smart_audit"],
        "subject_kind": ["person", "payer_account", "agency"],
        "subject_id": [*people, "320600"],
        "text": ["用他人的卡\r\n买药", None, None],
        "due_on": [due, None, None],
    }
    pl.DataFrame(rows).write_csv(city / "outside_leads.csv")


def test_leads_of_an_export_arrive_once_and_show_what_changed(small_city: Path, tmp_path: Path) -> None:
    city, root = Path(shutil.copytree(small_city, tmp_path / "city")), tmp_path / "ws"
    people = frames(city)["persons"]["person_id"].head(2).to_list()
    expected = ("Outside leads: 3 new, 0 changed", "", "Outside leads: 0 new, 1 changed")
    for due, line in zip(("2024-09-01", "2024-09-01", "2024-08-15"), expected, strict=True):
        write_leads(city, people, due)
        ended = fundwatch("run", "--data", city, "--workspace", root, "--area", "320600")
        assert ended.code == 0, ended.err
        assert line in ended.out if line else "Outside leads:" not in ended.out
    with open_reader(root) as reader:
        assert reader is not None
        lines = {line.sender_number: line for line in lead_lines(reader, LeadFilters(), TODAY)}
    assert lines.keys() == {"A1", "A2", "A3"}
    assert {lines[number].match for number in ("A1", "A2")} <= {"packet", "subject"}
    assert lines["A1"].due is not None and lines["A1"].received_on == "2024-05-02"
