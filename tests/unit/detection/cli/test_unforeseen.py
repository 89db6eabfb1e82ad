"""What nobody foresaw ends in words, without the text of the error, which may hold values of the data."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from support.commands import fundwatch

from features.workspace import open_workspace

PERSON = "32060219630103000X"


def test_an_unforeseen_error_shows_kind_and_place_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError(PERSON)

    open_workspace(tmp_path / "ws", create=True)
    monkeypatch.setattr("detection.cli.listing.print_alerts", fail)
    words = ("alerts", "--workspace", tmp_path / "ws")
    ended = fundwatch(*words, tracebacks=False)
    assert ended.code == 1
    assert "not foreseen: KeyError" in ended.err and "test_unforeseen.py, line" in ended.err
    assert PERSON not in ended.err and "Traceback" not in ended.err
    with pytest.raises(KeyError):
        fundwatch(*words)


def test_what_the_machine_refuses_is_stated_with_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "ws/store.sqlite")

    open_workspace(tmp_path / "ws", create=True)
    monkeypatch.setattr("detection.cli.listing.print_alerts", full)
    ended = fundwatch("alerts", "--workspace", tmp_path / "ws", tracebacks=False)
    assert ended.code == 6
    assert "ws/store.sqlite: No space left on device" in ended.err
