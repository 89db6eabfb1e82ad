"""The folder of a run that was stopped: what is finished, and what has to be done again."""

from __future__ import annotations

from pathlib import Path

import pytest

from detection.run.unfinished import Unfinished, open_unfinished
from detection.run.unfinished.hits import step_of
from detection.run.unfinished.resuming import resumed_at
from features.workspace import Workspace, open_workspace

RULES = ["cap_rush", "ledger_break"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


def write(unfinished: Unfinished, text: str = "rows") -> None:
    unfinished.path("run/indicators/values").write_text(text)


def finished(folder: Path) -> Unfinished:
    """A folder with one finished step, opened again."""
    first = Unfinished(folder)
    first.do("indicators", ["run/indicators"], lambda: write(first), of=["a"])
    return Unfinished(folder)


def done_again(unfinished: Unfinished, of: str = "a") -> bool:
    """Whether the step is done, although it has been."""
    calls: list[str] = []

    def again() -> None:
        calls.append("done")
        write(unfinished)

    unfinished.do("indicators", ["run/indicators"], again, of=[of])
    return bool(calls)


def test_a_finished_step_is_not_done_again(tmp_path: Path) -> None:
    assert not done_again(finished(tmp_path))


def test_a_step_that_was_made_of_something_else_is_done_again(tmp_path: Path) -> None:
    assert done_again(finished(tmp_path), of="b")
    assert not done_again(Unfinished(tmp_path), of="b")


@pytest.mark.parametrize("damage", ["changed", "lost", "list is damaged", "list is no list"])
def test_a_step_whose_files_are_not_as_they_were_is_done_again(damage: str, tmp_path: Path) -> None:
    finished(tmp_path)
    file, listed = tmp_path / "run" / "indicators" / "values", tmp_path / "steps" / "indicators.json"
    if damage == "changed":
        file.write_text("other")
    elif damage == "lost":
        file.unlink()
    else:
        listed.write_text("{" if damage == "list is damaged" else "[]")
    assert done_again(Unfinished(tmp_path))


def test_what_a_stopped_step_left_is_removed(tmp_path: Path) -> None:
    unfinished = Unfinished(tmp_path)
    unfinished.path("run/indicators/half").write_text("")
    assert done_again(unfinished)
    assert [file.name for file in (tmp_path / "run" / "indicators").iterdir()] == ["values"]


def test_other_data_begin_anew(workspace: Workspace) -> None:
    finished(workspace.unfinished / "a")
    assert open_unfinished(workspace, "a").result("indicators") is not None
    assert open_unfinished(workspace, "b").result("indicators") is None
    assert [folder.name for folder in workspace.unfinished.iterdir()] == ["b"]


def test_nothing_is_left_when_the_run_has_ended(workspace: Workspace) -> None:
    open_unfinished(workspace, "a").remove()
    assert not workspace.unfinished.exists()


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([], None),
        (["features"], "scores"),
        (["features", "scores"], "detectors (0 of 2 are done)"),
        (["features", "scores", step_of("cap_rush")], "detectors (1 of 2 are done)"),
        (["features", "scores", *map(step_of, RULES)], "indicators"),
        (["features", "scores", *map(step_of, RULES), "indicators"], "pages of subjects"),
        (["features", "scores", *map(step_of, RULES), "indicators", "subjects"], "alerts"),
        ([step_of("cap_rush"), "scores"], "features"),
    ],
)
def test_where_a_run_goes_on(steps: list[str], text: str | None, tmp_path: Path) -> None:
    unfinished = Unfinished(tmp_path)
    for step in steps:
        unfinished.finish(step, [], {})
    assert resumed_at(Unfinished(tmp_path), RULES) == text
