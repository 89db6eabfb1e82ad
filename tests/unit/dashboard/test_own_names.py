"""Screens call districts as the fund does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from detection.language.districts import as_file
from detection.language.text import Text
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]


@pytest.mark.parametrize(("language", "name"), [("zh", "片区13"), ("en", "Area 13")])
def test_the_names_of_the_workspace_are_those_of_the_screens(
    open_page: OpenPage, sample_to_change: Path, language: str, name: str
) -> None:
    names = {"320613": Text("Area 13", "片区13")}
    before = open_page(sample_to_change, "home", lang=language)
    open_workspace(sample_to_change).districts.write_text(as_file(names), encoding="utf-8")
    after = open_page(sample_to_change, "home", lang=language)
    assert not after.exception
    shown = ["".join(str(piece.value) for piece in app.html) for app in (before, after)]
    assert [name in html for html in shown] == [False, True]
