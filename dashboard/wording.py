"""Texts of the screens in the reader's language: messages, code labels, and figures.

The catalogues are gettext files (`detection.language.messages`): the screens' own, and the names of codes, which
reports use as well. Figures come from `detection.language.formats`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from detection.alerts.moment import Moment
from detection.language.districts import NO_NAMES
from detection.language.formats import Formats, formats
from detection.language.law import Citation, law_text
from detection.language.messages import messages
from detection.language.spacing import fill

LANGUAGES = {"zh": "中文", "en": "English"}
_PLACES = ("area", "district")
DAY_FORMAT = "YYYY-MM-DD"
"""How fields show a day in both languages: Streamlit has no format with 年月日, and its default is no ISO date."""
_OWN = ("dashboard", "subjects", "casework", "leads", "case_tools", "signin", "accounts")
_LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Messages of one language by id: the screens' own, and the names of codes."""
    own = [messages(language, name, _LOCALE) for name in _OWN]
    return messages(language, "codes") | {name: text for texts in own for name, text in texts.items()}


def language() -> str:
    """Language of the reader's session; that of the browser where none was chosen."""
    chosen = st.session_state.get("language")
    return chosen if chosen in LANGUAGES else language_of_browser(st.context.locale)


def language_of_browser(locale: str | None) -> str:
    """Chinese for a browser in Chinese (``zh-CN``, ``zh-TW``), English for all others."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


def choose_language() -> str:
    """Set the session's language from the URL, else from the session or the browser, and write it to the URL."""
    requested = st.query_params.get("lang")
    st.session_state["language"] = requested if requested in LANGUAGES else language()
    if requested != language():
        st.query_params["lang"] = language()
    return language()


def t(message: str, **values: object) -> str:
    """A message in the reader's language, with its placeholders filled.

    Raises:
        KeyError: no such message; a test checks that every id in the code exists.
    """
    return fill(catalogue(language())[message], values)


def label(group: str, value: object) -> str:
    """Label of a code (``severity``, ``status``, …); the code itself where the catalogue has none.

    A district or an area is called as the fund calls it, where the workspace has its names.
    """
    if group in _PLACES and (named := st.session_state.get("districts", NO_NAMES).get(str(value))):
        return str(named[language()])
    return catalogue(language()).get(f"{group}.{value}") or str(value)


def localized(both: object, stem: str = "") -> str:
    """The reader's language of a mapping ``{"en": …, "zh": …}``, or of attributes ``<stem>_en`` and ``<stem>_zh``."""
    name = f"{stem}_{language()}" if stem else language()
    return str(both.get(name, "") if isinstance(both, Mapping) else getattr(both, name))


def figures() -> Formats:
    """How the reader's language writes money, counts, shares and dates."""
    return formats(language())


def time_text(time: Moment | dt.datetime | str) -> str:
    """A time, or its ISO text, to the minute (``2024-06-30 14:05``); the day alone where the source has no more."""
    if isinstance(time, Moment):
        return time_text(time.at) if time.to_the_minute else figures().day(time.day)
    return figures().time(dt.datetime.fromisoformat(time) if isinstance(time, str) else time)


def law(citation: Citation) -> str:
    """A legal citation as the reader's language writes it."""
    return law_text(citation, language())


def setting(value: object) -> str:
    """Value of a threshold or a policy parameter: a number, yes or no, or a list of codes; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return t("value.yes") if value else t("value.no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return t("separator").join(label("relation", code) for code in value)
    return figures().number(value) if isinstance(value, int | float) else str(value)


def money_axis() -> str:
    """Vega expression for the labels of an axis of yuan: ``1.5M``, ``150万``, ``−150万``."""
    large, large_unit, small, small_unit = t("axis.steps").split(" ")
    yuan = "abs(datum.value)"
    return (
        f"(datum.value < 0 ? '−' : '') + ({yuan} >= {large} ? format({yuan} / {large}, '.3~g') + '{large_unit}' : "
        f"{yuan} >= {small} ? format({yuan} / {small}, '.3~g') + '{small_unit}' : format({yuan}, ',.4~g'))"
    )
