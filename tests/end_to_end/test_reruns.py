"""A second run on more data, after people worked on the list and the workspace was moved elsewhere; then a purge."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import polars as pl
import pytest
from support.alert_acts import alert_act
from support.commands import Ended, fundwatch
from support.exports import Export
from support.workspaces import alerts, content, current_run, manifests, nothing_half_written, store

from detection.cases.moves import Actor
from detection.cli.logs import PURGE_LOG, RUN_LOG
from detection.detectors.catalogue import catalogue
from detection.store.lifecycle import OPEN
from detection.store.schema import Alert, AlertEvent, Reveal
from detection.store.writer import Writer

EARLY = "2024-05-10"
AT = "2024-05-11T09:00:00"


class Worked:
    """Two runs of one workspace, with people's work and a move in between.

    Attributes:
        root: where the workspace lies now.
        before: its alerts after the first run, by id.
        done: what people did: action by alert.
        second: what the second run said.
    """

    def __init__(self, city: Path, folder: Path) -> None:
        self.city = city
        first = folder / "here"
        assert self.run(first, "--as-of", EARLY).code == 0
        self.before = {alert.alert_id: alert for alert in alerts(first)}
        self.done = self.work(first)
        self.root = Path(shutil.move(first, folder / "elsewhere"))
        self.second = self.run(self.root)
        self.after = {alert.alert_id: alert for alert in alerts(self.root)}

    def run(self, root: Path, *more: str) -> Ended:
        """A run of the city as a user starts it."""
        return fundwatch("run", "--data", self.city, "--workspace", root, "--area", "320600", *more)

    def work(self, root: Path) -> dict[str, str]:
        """One action of each kind on the first alerts of a detector that keeps finding them."""
        writer, alert_ids = Writer(root / "store.sqlite"), list(self.before)
        done = dict(zip(alert_ids, ("triage", "dismiss", "escalate", "snooze"), strict=False))
        for alert_id, action in done.items():
            act = alert_act(action, "looked at the records", AT)
            writer.act(alert_id, act, actor=Actor("auditor", "inspector"), at=AT)
        return done

    def events(self, alert_id: str) -> list[AlertEvent]:
        """What happened to an alert, oldest first."""
        with store(self.root) as session:
            events = session.query(AlertEvent).filter_by(alert_id=alert_id).order_by(AlertEvent.event_id)
            return list(events)


@pytest.fixture(scope="module")
def worked(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    return Worked(small_city, tmp_path_factory.mktemp("worked"))


STATUS = {
    "triage": {"triaged"},
    "dismiss": {"dismissed", "proposed"},
    "escalate": {"escalated"},
    "snooze": {"snoozed"},
}


def test_the_first_run_knew_nothing_of_what_came_later(worked: Worked) -> None:
    assert worked.before
    assert max(item.period_end for item in worked.before.values()) <= EARLY


def test_a_moved_workspace_runs_again(worked: Worked) -> None:
    assert worked.second.code == 0, worked.second.err
    assert nothing_half_written(worked.root)
    assert len(list((worked.root / "runs").iterdir())) == 2
    assert len(manifests(worked.root)) == 1, "the data set is the same, and is not read again"


def test_the_log_of_a_run_names_the_run_and_no_person_of_the_data(worked: Worked) -> None:
    (tables,) = (worked.root / "snapshots").glob("*/tables")
    named: set[str] = set()
    for table in tables.iterdir():
        rows = pl.read_parquet(table / "*.parquet")
        named |= {
            item
            for name in rows.columns
            if name.endswith(("_id", "_name"))
            for item in rows[name].drop_nulls()
        }
    assert len(named) > 10_000
    runs = list((worked.root / "runs").iterdir())
    assert len(runs) == 2
    for run in runs:
        lines = (run / RUN_LOG).read_text(encoding="utf-8").splitlines()
        assert all(line.split()[2] == run.name for line in lines)
        steps = (
            "snapshot",
            "features",
            "scored",
            "Indicators measured",
            f"Committed run {run.name}",
            *catalogue(),
        )
        assert [step for step in steps if not any(step in line for line in lines)] == []
        assert not {word for line in lines for word in re.findall(r"[\w-]+", line)} & named
    log = "".join((run / RUN_LOG).read_text(encoding="utf-8") for run in runs)
    assert "settlements: rows read" in log
    assert "Fitted person-" in log


def test_a_repeated_alert_is_updated_and_a_new_alert_is_added(worked: Worked) -> None:
    both = worked.before.keys() & worked.after.keys()
    grown = [key for key in both if worked.after[key].amount_at_issue > worked.before[key].amount_at_issue]
    assert {worked.after[key].change for key in grown} <= {"changed"} and grown
    fresh = worked.after.keys() - worked.before.keys()
    assert {worked.after[key].change for key in fresh} == {"new"}
    assert {worked.after[key].status for key in fresh} == {"new"}


def test_the_counts_that_the_run_printed_are_those_of_the_list(worked: Worked) -> None:
    this = current_run(worked.root).name
    counted = {
        change: sum(item.change == change and item.run_id == this for item in worked.after.values())
        for change in ("new", "changed", "closed")
    }
    printed = f"{counted['new']} new, {counted['changed']} changed"
    assert printed in worked.second.out and f"{counted['closed']} closed" in worked.second.out


def test_what_people_did_is_kept(worked: Worked) -> None:
    assert len(worked.done) == len(STATUS)
    for alert_id, action in worked.done.items():
        first, now = worked.events(alert_id)[0], worked.after[alert_id]
        assert (first.actor, first.note) == ("auditor", "looked at the records")
        assert first.status_after in STATUS[action]
        if action == "snooze":
            assert now.status in ("new", "closed"), "its day is over"
        elif now.change != "closed" or action in ("dismiss", "escalate"):
            assert now.status == first.status_after, "a run does not take a person's decision back"


def test_no_alert_disappears(worked: Worked) -> None:
    assert worked.before.keys() < worked.after.keys()


def test_open_alerts_come_first_and_are_ranked_without_gaps(worked: Worked) -> None:
    ranked = sorted(worked.after.values(), key=lambda item: item.rank)
    assert [item.rank for item in ranked] == list(range(1, len(ranked) + 1))
    is_open = [item.status in OPEN for item in ranked]
    assert is_open == sorted(is_open, reverse=True)


def test_the_same_run_again_changes_nothing(worked: Worked, tmp_path: Path) -> None:
    root = shutil.copytree(worked.root, tmp_path / "again")
    assert worked.run(root).code == 0
    assert {alert.alert_id: (alert.status, alert.rank, alert.change) for alert in alerts(root)} == {
        key: (item.status, item.rank, item.change) for key, item in worked.after.items()
    }


def test_alerts_lists_the_open_ones_and_says_how_many_there_are(worked: Worked) -> None:
    listed = fundwatch("alerts", "--workspace", worked.root, "--limit", "5")
    assert listed.code == 0
    is_open = [
        item for item in worked.after.values() if item.status not in ("dismissed", "closed", "expired")
    ]
    first = sorted(is_open, key=lambda item: item.rank)[:5]
    assert all(item.alert_id in listed.out for item in first)
    suspicions = [item for item in is_open if item.queue not in ("agency", "data")]
    assert f"{sum(item in suspicions for item in first)} of {len(suspicions)} alerts" in listed.out
    assert "Simulated data" in listed.out


def test_explain_says_what_was_seen_why_and_on_which_rows(worked: Worked) -> None:
    alert = next(item for item in worked.after.values() if item.detector == "card_concentration")
    printed = fundwatch("explain", alert.alert_id, "--workspace", worked.root)
    assert printed.code == 0
    for words in (alert.title_en, "What could explain it", "Checks already made", "Suggested steps"):
        assert words in printed.out
    assert f"Evidence ({alert.evidence_rows} settlements, the first 10)" in printed.out
    assert "settlements/2024-" in printed.out, "file and row of the source"
    assert alert.card_digest in printed.out and "An alert is not a verdict" in printed.out
    zh = fundwatch("explain", alert.alert_id, "--workspace", worked.root, "--language", "zh")
    assert alert.title_zh in zh.out and "疑点不是结论" in zh.out
    assert f"排名第 {alert.rank}" in zh.out and "国务院令第735号第40条" in zh.out
    assert not re.search(rf"\b({alert.severity}|{alert.status}|rank|art|Order)\b", zh.out)
    lines = catalogue()[alert.detector].card.thresholds
    for out, language in ((printed.out, "en"), (zh.out, "zh")):
        stated = " ".join(out.split())
        assert f"{lines.title('min_members', language)} = 5" in stated
        for name in lines.values:
            stated = stated.replace(f"{lines.title(name, language)} = ", "")
        assert not [name for name in lines.values if f"{name} = " in stated]


def test_explain_says_the_cause_of_every_row_in_the_words_of_the_card(worked: Worked) -> None:
    alert = next(item for item in worked.after.values() if item.detector == "family_authorization")
    causes = catalogue()[alert.detector].card.causes.values()
    for language in ("en", "zh"):
        printed = fundwatch("explain", alert.alert_id, "--workspace", worked.root, "--language", language).out
        rows = [line for line in printed.splitlines() if "settlements/2024-" in line]
        assert rows and all(row.endswith(tuple(getattr(cause, language) for cause in causes)) for row in rows)


def test_no_identity_leaves_the_terminal(worked: Worked) -> None:
    identities = pl.read_parquet(worked.city / "persons.parquet")["person_id"].to_list()
    listed = fundwatch("alerts", "--workspace", worked.root, "--limit", "1000")
    explained = [fundwatch("explain", key, "--workspace", worked.root) for key in list(worked.after)[:5]]
    printed = "".join(item.out for item in (listed, *explained))
    assert [item for item in identities if item in printed] == []


def test_a_reveal_is_recorded_and_gives_the_ids_of_the_source(worked: Worked, tmp_path: Path) -> None:
    root = shutil.copytree(worked.root, tmp_path / "ws")
    out = tmp_path / "list.parquet"
    arguments = ("--workspace", root, "--format", "parquet", "--out", out)
    assert (
        fundwatch("export", "alerts", *arguments, "--reveal-ids", "--reason", "records asked for").code == 0
    )
    with store(root) as session:
        (reveal,) = session.query(Reveal)
        assert (reveal.reason, reveal.rows) == ("records asked for", len(worked.after))
    identities = set(pl.read_parquet(worked.city / "settlements" / "*.parquet")["settlement_id"])
    assert set(pl.read_parquet(out)["settlement_ids"].explode()) <= identities


def test_an_export_of_a_simulated_city_says_so(worked: Worked, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    assert fundwatch("export", "alerts", "--workspace", worked.root, "--out", out).code == 0
    assert "simulated" in (tmp_path / "list.csv.README.txt").read_text(encoding="utf-8")
    assert all("SIM-" in line for line in out.read_text(encoding="utf-8").splitlines()[1:])


@pytest.fixture
def full(worked: Worked, tmp_path: Path) -> Path:
    """A copy with a data set in it that no run uses."""
    root = shutil.copytree(worked.root, tmp_path / "full")
    assert fundwatch("intake", "--data", Export(tmp_path).data, "--workspace", root).code == 0
    return root


def test_purge_confirms_and_accepts_a_refusal(full: Path) -> None:
    before = content(full)
    ended = fundwatch("purge", "--workspace", full, "--keep", "1", answer="n\n")
    assert ended.code != 0
    assert "cannot be undone" in ended.out and "Will remove 2 folders" in ended.out
    assert content(full) == before


@pytest.mark.parametrize("yes", [("--yes",), ()], ids=["not asked", "asked"])
def test_purge_keeps_the_newest_run_and_all_alerts(full: Path, worked: Worked, yes: tuple[str, ...]) -> None:
    newest = current_run(full)
    removed = {f"runs/{run.name}" for run in (full / "runs").iterdir() if run != newest}
    ended = fundwatch("purge", "--workspace", full, "--keep", "1", *yes, answer="y\n")
    assert ended.code == 0 and "Removed" in ended.out
    log = (full / PURGE_LOG).read_text(encoding="utf-8")
    assert removed
    assert removed <= set(re.findall(r"Removed (\S+)", log))
    assert list((full / "runs").iterdir()) == [newest]
    assert len(manifests(full)) == 1
    assert {alert.alert_id: alert.status for alert in alerts(full)} == {
        key: item.status for key, item in worked.after.items()
    }
    again = fundwatch("purge", "--workspace", full, "--keep", "1")
    assert again.code == 0 and "Nothing to remove" in again.out


def test_after_a_purge_everything_can_be_read_and_run(full: Path, worked: Worked, tmp_path: Path) -> None:
    assert fundwatch("purge", "--workspace", full, "--keep", "1", "--yes").code == 0
    some = next(iter(worked.after))
    assert fundwatch("explain", some, "--workspace", full).code == 0
    out = tmp_path / "scores.csv"
    assert fundwatch("export", "scores", "--workspace", full, "--out", out).code == 0
    assert worked.run(full, "--as-of", EARLY).code == 0, "a run that was removed can be made again"
    current = current_run(full)
    assert fundwatch("purge", "--workspace", full, "--keep", "1", "--yes").code == 0
    assert current.exists(), "what readers see stays, though another run was made later"
    assert fundwatch("export", "scores", "--workspace", full, "--out", out).code == 0


def test_the_store_keeps_whole_what_it_keeps(worked: Worked) -> None:
    with sqlite3.connect(f"file:{worked.root / 'store.sqlite'}?mode=ro", uri=True) as identities:
        assert identities.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert identities.execute("PRAGMA foreign_key_check").fetchall() == []
    with store(worked.root) as session:
        assert session.query(Alert).count() == len(worked.after)
