"""What the progress of a run shows, and what it leaves for the next one."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from detection.cli.language.choice import Language, in_terminal_language, set_terminal_language
from detection.cli.steps import bars
from detection.cli.steps.bars import run_bars, time_left
from detection.cli.steps.times import FILE, estimate_for
from features.message import Message

BEFORE = {"indicators": [30.0], "alerts": [90.0]}


@pytest.fixture
def chinese() -> Iterator[None]:
    set_terminal_language(Language.zh)
    yield
    set_terminal_language(Language.en)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal shows."""
    written = io.StringIO()
    terminal = Console(file=written, force_terminal=True, width=120)
    monkeypatch.setattr(bars, "Console", lambda **_: terminal)
    return written


def stop_in_the_middle(workspace: Path) -> None:
    with run_bars(workspace) as step:
        step(Message("alerts"), 0, 1)
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3, "less than a minute left"),
        (61, "about 2 min left"),
        (3_600, "about 1 h 0 min left"),
        (7_500, "about 2 h 5 min left"),
    ],
)
def test_a_time_is_no_finer_than_an_estimate(seconds: float, text: str) -> None:
    assert str(time_left(seconds)) == text


@pytest.mark.usefixtures("chinese")
def test_times_in_chinese() -> None:
    assert [in_terminal_language(time_left(seconds)) for seconds in (3, 61, 7_500)] == [
        "剩余不到 1 分钟",
        "约剩 2 分钟",
        "约剩 2 小时 5 分钟",
    ]


def test_the_whole_run_and_its_steps_are_shown(tmp_path: Path, screen: io.StringIO) -> None:
    (tmp_path / FILE).write_text(json.dumps(BEFORE))
    with run_bars(tmp_path) as step:
        step(Message("indicators"), 0, 1)
        step(Message("alerts"), 0, 1)
    shown = screen.getvalue()
    assert "the whole run" in shown and "100%" in shown
    assert "indicators" in shown and "alerts" in shown
    assert "about 2 min left" in shown


def test_a_run_that_ends_leaves_its_times(tmp_path: Path, screen: io.StringIO) -> None:
    with run_bars(tmp_path) as step:
        step(Message("alerts"), 0, 1)
    kept = json.loads((tmp_path / FILE).read_text())
    assert estimate_for(tmp_path).own
    assert 0 <= kept["alerts"][0] < 60


def test_a_run_that_stops_leaves_the_times_of_the_last_one(tmp_path: Path, screen: io.StringIO) -> None:
    (tmp_path / FILE).write_text(json.dumps(BEFORE))
    with pytest.raises(KeyboardInterrupt):
        stop_in_the_middle(tmp_path)
    assert json.loads((tmp_path / FILE).read_text()) == BEFORE


@pytest.mark.parametrize("content", ["", "[]", '{"alerts": 3}', '{"alerts": ["x"]}', "{}"])
def test_damaged_times_count_for_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert not estimate_for(tmp_path).own
