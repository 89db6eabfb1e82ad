"""Everybody bears another id, and a hostile one: nothing changes but the ids, and they stay text wherever they go."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest
from support.cities import Frames, Ran, new_names, renamed
from support.commands import fundwatch
from support.signing_in import connect
from support.workspaces import ENTITIES, alerts, current_run, evidence, features, records, scores

import dashboard
from dashboard.builtin_words import builtin_words
from dashboard.gate.account import WATCH
from dashboard.theme import LINKS, TYPING
from dashboard.wording import LANGUAGES
from detection.accounts.demo import record_current_data
from features.workspace import open_workspace

SCREENS = Path(dashboard.__file__).with_name("app.py")

HOSTILE = {
    "person": '=HYPERLINK("http://x","{}")',
    "provider": "<script>alert({})</script>",
    "settlement": "@SUM({})",
    "employer": "+{}",
    "operator": "-{}",
    "prescriber": "@\t{}",
}
"""Ids as nobody should bear them."""

HOSTILE_NAME = "=CMD() <script>alert(1)</script> [red]{}[/red] \x1b[2J\x07"
"""What a provider calls itself: a formula, a script for a browser, and orders to the terminal."""


RECORD = ("record_table", "cause", "pool", "account")
"""What a record is told by, whatever its id."""
AMOUNT = re.compile(r"-?\d+\.\d\d")


class Renamed:
    """The city in which everybody bears a hostile id, and the way back to the old ones."""

    def __init__(self, city: Frames, ran: Ran) -> None:
        names = {kind: new_names(city, kind, pattern, 11) for kind, pattern in HOSTILE.items()}
        self.old = {kind: {new: old for old, new in of.items()} for kind, of in names.items()}
        called = city["providers"].with_columns(provider_name=pl.format(HOSTILE_NAME, "provider_name"))
        self.root = ran(renamed(city | {"providers": called}, names))
        record_current_data(open_workspace(self.root))

    def entity(self, kind: str, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame with the old ids of an entity in its first column, in their order."""
        old, key = self.old["provider" if kind == "provider" else "person"], frame.columns[0]
        return frame.with_columns(pl.col(key).replace_strict(old)).sort(key)


@pytest.fixture(scope="module")
def hostile(city: Frames, ran: Ran) -> Renamed:
    return Renamed(city, ran)


def test_renaming_everybody_changes_no_feature(hostile: Renamed, finished: Path) -> None:
    for entity in ENTITIES:
        before, after = (features(root, entity) for root in (finished, hostile.root))
        assert_frame_equal(before.sort(before.columns[0]), hostile.entity(entity, after), check_exact=True)


def test_renaming_everybody_changes_no_score(hostile: Renamed, finished: Path) -> None:
    for entity in ENTITIES:
        before, after = (scores(root, entity) for root in (finished, hostile.root))
        ranked = hostile.entity(entity, after).select("entity_id", "score")
        assert_frame_equal(before.sort("entity_id").select("entity_id", "score"), ranked, check_exact=True)
        assert sorted(before["spend_rank"].to_list()) == sorted(after["spend_rank"].to_list())


def test_renaming_everybody_changes_no_evidence(hostile: Renamed, finished: Path) -> None:
    def pieces(root: Path, old: dict[str, dict[str, str]]) -> pl.DataFrame:
        items = pl.read_parquet(current_run(root) / "risk" / "evidence.parquet")
        names = {f"{kind}:{new}": was for kind, of in old.items() for new, was in of.items()}
        kind = pl.col("subject_kind").replace("payer_account", "person")
        was = pl.concat_str(kind, pl.lit(":"), "subject_id").replace_strict(
            names, default=pl.col("subject_id")
        )
        # A group is named by its run's own number.
        subject = pl.when(pl.col("subject_kind") != "group").then(was)
        return items.with_columns(subject_id=subject).sort(pl.all())

    expected = pieces(finished, {})
    assert expected.height > 50 and expected["detector"].n_unique() > 15
    assert_frame_equal(expected, pieces(hostile.root, hostile.old), check_exact=True)


def test_renaming_everybody_changes_no_alert(hostile: Renamed, finished: Path) -> None:
    def described(root: Path, old: dict[str, dict[str, str]]) -> list[tuple[Any, ...]]:
        settlements, people = old.get("settlement", {}), old.get("person", {})
        cited: dict[str, list[str]] = {}
        for alert_id, settlement in evidence(root).select("alert_id", "settlement_id").iter_rows():
            cited.setdefault(alert_id, []).append(settlements.get(settlement, settlement))
        record_rows: dict[str, list[Any]] = {}
        for alert_id, *record in records(root).select("alert_id", *RECORD).iter_rows():
            record_rows.setdefault(alert_id, []).append(tuple(record))
        return sorted(
            (
                *(alert.detector, alert.severity, alert.pool_at_issue, alert.account_at_issue),
                *(alert.period_start, alert.period_end),
                tuple(sorted(people.get(member, member) for member in alert.member_ids)),
                tuple(sorted(cited.get(alert.alert_id, ()))),
                tuple(sorted(record_rows.get(alert.alert_id, ()))),
            )
            for alert in alerts(root)
        )

    assert described(finished, {}) == described(hostile.root, hostile.old)


def test_a_revealed_list_starts_no_formula(hostile: Renamed, tmp_path: Path) -> None:
    reveal = ("--workspace", hostile.root, "--reveal-ids", "--reason", "a test of hostile ids")
    for what in (("alerts",), ("scores", "--kind", "person"), ("scores", "--kind", "payer_account")):
        out = tmp_path / "list.csv"
        assert fundwatch("export", *what, *reveal, "--out", out).code == 0
        with out.open(encoding="utf-8", newline="") as handle:
            cells = [cell for row in csv.reader(handle) for cell in row]
        assert any("=HYPERLINK" in cell for cell in cells), "the ids are revealed"
        texts = [
            cell for cell in cells if not AMOUNT.fullmatch(cell)
        ]  # what is owed is below zero, and a number
        assert [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_masked_list_holds_no_hostile_id(hostile: Renamed, tmp_path: Path) -> None:
    for file_format in ("csv", "json"):
        out = tmp_path / f"list.{file_format}"
        arguments = ("--workspace", hostile.root, "--format", file_format, "--out", out)
        assert fundwatch("export", "alerts", *arguments).code == 0
        text = out.read_text(encoding="utf-8")
        assert "<script>" not in text and "HYPERLINK" not in text and "@SUM" not in text


@pytest.mark.parametrize("page", ["home", "alerts", "alert", "network", "family", "data"])
def test_a_hostile_name_is_only_text_on_the_screens(
    page: str, hostile: Renamed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [str(SCREENS), "--workspace", str(hostile.root)])
    connect(monkeypatch)
    app = AppTest.from_file(str(SCREENS), default_timeout=60)
    alert_id = next(
        alert for alert in alerts(hostile.root) if alert.detector == "card_concentration"
    ).alert_id
    if page != "home":
        app.switch_page(f"app_pages/{page}.py")
    if page == "alert":
        app.query_params["id"] = alert_id
    app.run()
    assert not app.exception
    shown_text = "\n".join(str(item.value) for kind in (app.html, app.markdown, app.caption) for item in kind)
    for own in (LINKS, TYPING, WATCH, *map(builtin_words, LANGUAGES)):
        shown_text = shown_text.replace(own, "")
    assert "<script" not in shown_text, "but for the pages' own scripts"
    if page == "alert":
        assert "&lt;script&gt;alert(1)" in shown_text, "the name is shown, as text"


def test_a_hostile_name_is_only_text_at_the_terminal(hostile: Renamed) -> None:
    (first, *_) = (alert for alert in alerts(hostile.root) if alert.detector == "card_concentration")
    arguments = ("--workspace", hostile.root)
    listed = fundwatch("alerts", "--detector", "card_concentration", *arguments)
    explained = fundwatch("explain", first.alert_id, *arguments)
    for ended in (listed, explained):
        assert ended.code == 0, ended.err
        assert "<script>alert(1)</script> [red]" in " ".join(ended.out.split()), "whatever the line ends with"
        assert "\x1b" not in ended.out and "\x07" not in ended.out
