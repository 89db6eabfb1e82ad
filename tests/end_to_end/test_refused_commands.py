"""What the command line refuses, with an exit code for each kind and the next step."""

from __future__ import annotations

import fcntl
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.workspaces import content, store

from detection.cli.logs import FAILED_LOG
from detection.store.schema import Reveal
from features.workspace import open_workspace

RUN = ("--area", "320600")


def test_an_unknown_area(small_city: Path, tmp_path: Path) -> None:
    ended = fundwatch("run", "--data", small_city, "--workspace", tmp_path / "ws", "--area", "999999")
    assert ended.code == 5
    assert "999999" in ended.err and "320600" in ended.err and "--area none" in ended.err
    assert not (tmp_path / "ws").exists()


def test_all_mistakes_of_a_mapping_file_at_once(small_city: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "other.toml"
    mapping.write_text(
        """
        absent_tables = ["no_such_table"]
        [tables.settlements]
        typing_error = 1
        [tables.settlements.columns]
        pool_payed = "fund"
        total_amount = { from = "total", constant = "1" }
        [tables.nonsense]
        file = "claims"
        """
    )
    ended = fundwatch(
        *("run", "--data", small_city, "--workspace", tmp_path / "ws", *RUN, "--mapping", mapping)
    )
    assert ended.code == 4
    mistakes = ("no_such_table", "typing_error", "pool_payed", "total_amount", "tables.nonsense")
    assert [word for word in mistakes if word not in ended.err] == []
    assert "other.toml" in ended.err and "docs/mapping.md" in ended.err
    assert set(content(tmp_path / "ws")) <= {"pseudonym.key", "workspace.json"}


@pytest.mark.parametrize("text", ["[tables.settlements\n", None], ids=["not TOML", "not there"])
def test_a_mapping_file_that_cannot_be_read(text: str | None, small_city: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "other.toml"
    if text is not None:
        mapping.write_text(text)
    ended = fundwatch(
        *("run", "--data", small_city, "--workspace", tmp_path / "ws", *RUN, "--mapping", mapping)
    )
    assert ended.code == 4
    assert "other.toml" in ended.err


def test_a_workspace_of_another_layout(finished_copy: Path, small_city: Path) -> None:
    (finished_copy / "workspace.json").write_text(json.dumps({"layout_version": 99}))
    before = content(finished_copy)
    for words in (("alerts",), ("run", "--data", small_city, *RUN), ("purge", "--yes")):
        ended = fundwatch(*words, "--workspace", finished_copy)
        assert ended.code == 6
        assert "layout version 99" in ended.err and "next:" in ended.err
    assert content(finished_copy) == before


def test_a_workspace_that_another_process_writes_to(finished_copy: Path, small_city: Path) -> None:
    before = content(finished_copy)
    holding = (
        f"import fcntl; lock = open({str(finished_copy / 'lock')!r}, 'w'); fcntl.flock(lock, fcntl.LOCK_EX)"
        "; print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        for words in (("intake", "--data", small_city), ("run", "--data", small_city, *RUN), ("purge",)):
            ended = fundwatch(*words, "--workspace", finished_copy)
            assert ended.code == 6
            assert "Another run is writing" in ended.err
        assert fundwatch("alerts", "--workspace", finished_copy).code == 0, "readers are not kept out"
        other.kill()
    assert content(finished_copy) == before
    assert not (finished_copy / FAILED_LOG).exists(), "the log there would be the other run's"
    with (finished_copy / "lock").open("w") as lock:  # a killed writer frees it
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("place", ["a file", "below a file", "other things"])
def test_a_place_that_can_be_no_workspace(place: str, small_city: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    root = {
        "a file": tmp_path / "letter.txt",
        "below a file": tmp_path / "letter.txt" / "ws",
        "other things": tmp_path,
    }[place]
    ended = fundwatch("run", "--data", small_city, "--workspace", root, *RUN)
    assert ended.code == 6
    assert "next:" in ended.err and "Traceback" not in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    "words",
    [("alerts",), ("explain", "A-1"), ("export", "alerts", "--out", "list.csv"), ("purge",)],
    ids=lambda words: words[0],
)
def test_reading_where_there_is_no_workspace(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = fundwatch(*words, "--workspace", tmp_path / "nowhere")
    assert ended.code == 6
    assert "not a fundwatch workspace" in ended.err and "fundwatch run" in ended.err
    assert not (tmp_path / "nowhere").exists()


def test_reading_before_the_first_run(tmp_path: Path) -> None:
    open_workspace(tmp_path / "ws", create=True)
    for words in (("alerts",), ("explain", "A-1"), ("export", "scores", "--out", tmp_path / "list.csv")):
        ended = fundwatch(*words, "--workspace", tmp_path / "ws")
        assert ended.code == 7
        assert "fundwatch run" in ended.err
    assert not (tmp_path / "list.csv").exists()


def test_a_store_that_is_no_store(finished_copy: Path) -> None:
    (finished_copy / "store.sqlite").write_bytes(b"this is no database" * 500)
    ended = fundwatch("alerts", "--workspace", finished_copy)
    assert ended.code == 7
    assert "store.sqlite" in ended.err and "backup" in ended.err


def test_simulating_into_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    ended = fundwatch("simulate", "--out", tmp_path)
    assert ended.code == 2
    assert "not empty" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_port_in_use(finished: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = fundwatch("dashboard", "--workspace", finished, "--port", str(port))
    assert ended.code == 2
    assert f"Port {port} is in use" in ended.err and "--port" in ended.err


def test_explaining_an_unknown_alert(finished: Path) -> None:
    ended = fundwatch("explain", "no-such-alert", "--workspace", finished)
    assert ended.code == 2
    assert "no alert no-such-alert" in ended.err and "fundwatch alerts" in ended.err


@pytest.mark.parametrize(
    ("option", "option_value"),
    [
        ("--detector", "nonsense"),
        ("--status", "lost"),
        ("--severity", "awful"),
        ("--list", "nowhere"),
    ],
)
def test_listing_by_a_word_that_nothing_bears(option: str, option_value: str, finished: Path) -> None:
    ended = fundwatch("alerts", "--workspace", finished, option, option_value)
    assert ended.code == 2
    assert option_value in ended.err and "use one of" in ended.err


@pytest.mark.parametrize("reason", [(), ("--reason", "   ")], ids=["none", "blank"])
def test_real_ids_without_a_reason(reason: tuple[str, ...], finished_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    ended = fundwatch("export", "alerts", "--workspace", finished_copy, "--out", out, "--reveal-ids", *reason)
    assert ended.code == 2
    assert "--reason" in ended.err
    assert not out.exists()
    with store(finished_copy) as session:
        assert session.query(Reveal).count() == 0


@pytest.mark.parametrize("out", [Path("nowhere/list.csv"), Path()], ids=["no folder", "a folder"])
def test_exporting_to_where_no_file_can_be(out: Path, finished: Path, tmp_path: Path) -> None:
    ended = fundwatch("export", "alerts", "--workspace", finished, "--out", tmp_path / out)
    assert ended.code == 2
    assert "cannot be written" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("export", "secrets", "--out", "list.csv", "--workspace", "ws"),
        ("run", "--data", "data", "--workspace", "ws"),
        ("run", "--data", "data", "--workspace", "ws", "--area", "none", "--as-of", "tomorrow"),
        ("purge", "--workspace", "ws", "--keep", "0"),
        ("fly",),
    ],
    ids=["unknown list", "no area", "no date", "keep nothing", "unknown verb"],
)
def test_words_that_the_command_line_does_not_know(words: tuple[str, ...]) -> None:
    ended = fundwatch(*words)
    assert ended.code == 2
    assert ended.err and "Traceback" not in ended.err
