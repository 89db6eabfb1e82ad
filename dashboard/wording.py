"""What the screens say, in English and Chinese: catalogues, numbers, dates.

The catalogues are gettext files (`detection.language.messages`): the screens' own, and the
names of codes, which reports use as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from detection.language.law import law_text
from detection.language.messages import messages

LANGUAGES = {"en": "English", "zh": "中文"}
DEFAULT = "en"
_LOCALE = Path(__file__).parent / "locale"
_FEN = 100


@cache
def catalogue(language: str) -> dict[str, str]:
    """Messages of one language by id: the screens' own, and the names of codes."""
    return messages(language, "codes") | messages(language, "dashboard", _LOCALE)


def language() -> str:
    """Language of the reader's session."""
    chosen = st.session_state.get("language", DEFAULT)
    return chosen if chosen in LANGUAGES else DEFAULT


def choose_language() -> str:
    """Settle the session's language from the address, else from the session, and keep it in the address."""
    asked = st.query_params.get("lang", st.session_state.get("language", DEFAULT))
    st.session_state["language"] = asked if asked in LANGUAGES else DEFAULT
    if st.query_params.get("lang") != language():
        st.query_params["lang"] = language()
    return language()


def t(message: str, **values: object) -> str:
    """The message in the reader's language, with its places filled.

    Raises:
        KeyError: no such message (a test finds these before a reader does).
    """
    return catalogue(language())[message].format(**values)


def label(group: str, value: object) -> str:
    """Label of a code (``severity``, ``status``, …); the code itself where the catalogue has none."""
    known = catalogue(language())
    return known.get(f"{group}.{value}") or str(value)


def localized(both: Any, stem: str = "") -> str:
    """The reader's language of a mapping ``{"en": …, "zh": …}``, or of attributes ``<stem>_en`` and ``<stem>_zh``."""
    name = f"{stem}_{language()}" if stem else language()
    return str(both.get(name, "") if isinstance(both, Mapping) else getattr(both, name))


def law(cited: str) -> str:
    """A legal basis as the reader's language cites it."""
    return law_text(cited, language())


def setting(value: object) -> str:
    """A line's or a policy's value: a number, yes or no, or a list of codes."""
    if isinstance(value, bool):
        return t("value.yes") if value else t("value.no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return t("separator").join(label("relation", one) for one in value)
    return number(value) if isinstance(value, int | float) else str(value)


def money(fen: int) -> str:
    """Short: ``CN¥123.46M`` or ``¥1.23亿``."""
    yuan = fen / _FEN
    steps = [(1e8, "亿"), (1e4, "万")] if language() == "zh" else [(1e9, "B"), (1e6, "M"), (1e3, "K")]
    sign = "¥" if language() == "zh" else "CN¥"
    for size, unit in steps:
        if abs(yuan) >= size:
            return f"{'−' if yuan < 0 else ''}{sign}{abs(yuan) / size:,.2f}{unit}"
    return exact(fen)


def money_axis() -> str:
    """Vega expression for an axis of yuan: ``1.5M``, ``150万``."""
    big, small, step, less = ("亿", "万", "1e8", "1e4") if language() == "zh" else ("M", "K", "1e6", "1e3")
    return (
        f"datum.value >= {step} ? format(datum.value / {step}, '.3~g') + '{big}' : "
        f"datum.value >= {less} ? format(datum.value / {less}, '.3~g') + '{small}' : format(datum.value, ',.4~g')"
    )


def exact(fen: int) -> str:
    """To the fen: ``CN¥123,456.78``; integer arithmetic, so that nothing is rounded."""
    sign = "¥" if language() == "zh" else "CN¥"
    yuan, rest = divmod(abs(fen), _FEN)
    return f"{'−' if fen < 0 else ''}{sign}{yuan:,}.{rest:02d}"


def plain(fen: int) -> str:
    """To the fen without the currency, for columns of money."""
    return exact(fen).replace("CN¥", "").replace("¥", "")


def number(value: float) -> str:
    """A count with thousands marks; a fraction with two decimals at most."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day(iso: str | None) -> str:
    """A date as the reader writes it: ``2024-06-30``, ``2024年6月30日``."""
    if not iso:
        return "–"
    if language() == "en":
        return iso[:10]
    found = dt.date.fromisoformat(iso[:10])
    return f"{found.year}年{found.month}月{found.day}日"
