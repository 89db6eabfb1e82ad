"""Cached results of the store's queries, valid for as long as the store does not change.

A result is cached under the workspace, the version of the store, the reader's districts, the query and its arguments,
so that a page never shows what a later run or a follow-up action has replaced, or what its reader may not see.
The cache is bounded. Nothing here reads a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from dashboard.session import Place, actor, place, workspace
from dashboard.wording import label, language
from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.language.districts import DistrictNames
from detection.store.queries.reader import Reader, Version, open_reader

if TYPE_CHECKING:
    from detection.language.features import FeatureNote

P = ParamSpec("P")
T = TypeVar("T")
_ENTRIES = 200


def current_version(where: Path | Place) -> tuple[Version, tuple[str, ...], DistrictNames] | None:
    """The state of the store, the marks of every page, and the fund's names of districts; None before the first run."""
    with open_reader(where) as reader:
        return (
            None
            if reader is None or reader.run is None
            else (reader.version(), reader.marks, reader.districts)
        )


def query(function: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of a query on the workspace and version of this session, from the cache where it is there."""
    name = f"{function.__module__}.{function.__name__}"
    state = st.session_state
    scope = actor().districts
    return cast("T", _cached(state["workspace"], state["version"], scope, name, function, args, kwargs))


def query_now(function: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of a query that is never cached: what it reads changes without a new version of the store."""
    with open_reader(workspace(), actor().districts) as reader:
        return function(cast(Reader, reader), *args, **kwargs)


def store_key() -> str:
    """Key of widgets whose state must not outlive what the page shows: the store's state, and the language."""
    return f"{st.session_state['version']}_{language()}"


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _cached(
    folder: str,
    version: tuple[str, int, str],
    scope: tuple[str, ...] | None,
    name: str,
    _function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> object:
    with open_reader(place(Path(folder)), scope) as reader:
        return _function(reader, *args, **kwargs)


def detectors() -> dict[str, Card]:
    """Every detector's card by name."""
    return {name: detector.card for name, detector in catalogue().items()}


def detector_label(name: str) -> str:
    """A detector's label on its card; the name of a detector that was withdrawn."""
    card = detectors().get(name)
    return card.words[language()].label if card else name


def typology_label(name: str) -> str:
    """A typology's label; that of a detector of the typology where no catalogue names it."""
    text = label("typology", name)
    own = (card.words[language()].label for card in detectors().values() if card.typology == name)
    return next(own, text) if text == name else text


@st.cache_resource(show_spinner=False)
def features() -> tuple[FeatureNote, ...]:
    """Notes on every feature."""
    from detection.language.features import feature_notes  # late: it imports every feature

    return feature_notes()


def feature_words(name: str, value: float | None = None) -> str:
    """A feature as a phrase in the reader's language, with its value or an ellipsis in its place."""
    from detection.language.features import feature_text  # late: it imports every feature

    note = next((feature for feature in features() if feature.name == name), None)
    return feature_text(note, value, language()) if note else name
