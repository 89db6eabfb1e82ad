"""What pages may ask: the read door's answers, kept while the store stays as it is.

An answer is kept under the workspace, the version of the store, the question and its arguments, so that nothing
is shown that a later run or somebody's action has replaced. The cache is bounded. Nothing here reads a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from dashboard.wording import label, language, number, said
from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.store.queries.reader import Reader, Version, open_reader

if TYPE_CHECKING:
    from detection.language.features import FeatureNote

P = ParamSpec("P")
T = TypeVar("T")
_ENTRIES = 200


def look(workspace: Path) -> tuple[Version, tuple[str, ...]] | None:
    """Which state of the store there is, and what its reader must be told on every page; None before the first run."""
    with open_reader(workspace) as reader:
        return None if reader is None or reader.run is None else (reader.version(), reader.marks)


def ask(question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The read door's answer for the workspace and the version that this session looks at."""
    name = f"{question.__module__}.{question.__name__}"
    state = st.session_state
    return cast("T", _kept(state["workspace"], state["version"], name, question, args, kwargs))


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _kept(workspace: str, version: tuple[str, int], name: str, _question: Any, args: Any, kwargs: Any) -> Any:
    with open_reader(Path(workspace)) as reader:
        return _question(reader, *args, **kwargs)


def detectors() -> dict[str, Card]:
    """Every detector's card by name."""
    return {name: one.card for name, one in catalogue().items()}


def detector_label(name: str) -> str:
    """A detector's short name; a new one is called by its card's title until the catalogue has a name for it."""
    short = label("detector", name)
    card = detectors().get(name)
    return card.words[language()].title if short == name and card else short


@st.cache_resource(show_spinner=False)
def features() -> tuple[FeatureNote, ...]:
    """Every feature in words."""
    from detection.language.features import feature_notes  # brings the whole feature room with it: late

    return feature_notes()


def feature_words(name: str, value: float | None = None) -> str:
    """A feature as a phrase in the reader's language, with its value or an ellipsis in its place."""
    note = next((one for one in features() if one.name == name), None)
    if note is None:
        return name
    shown = "…" if value is None else f"{value:.0%}" if note.unit == "share" else number(round(value, 1))
    return said(note).replace("{value}", shown)
