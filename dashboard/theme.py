"""How things look: the style sheet, and the small HTML pieces that pages are made of.

Density over decoration; one accent colour; red only for what is overdue or broken. Every text that comes from
data is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import altair as alt
import streamlit as st

from dashboard.wording import exact, label, money
from detection.language.messages import grade_group

ICON = Path(__file__).with_name("icon.svg")
ACCENT = "#1f5fa8"
MUTED = "#8a97a6"
GRID = "#e3e8ee"
BROKEN = "#b3261e"
INK = "#1d2733"
FIT_WIDTH = alt.AutoSizeParams(type="fit-x", contains="padding")
"""A chart's height is that of its plot; its axes and legend come on top."""
FAMILIES = {
    "visit_frequency": "#1f5fa8",
    "provider_collusion": "#6aa1d8",
    "family_accounts": "#9aa7b5",
    "personal_account": "#56637a",
    "benefit": "#b8cbe2",
    "data_quality": "#d5dae1",
}
"""Shades of one blue and of grey, so that the accent stays one."""

STYLE = f"<style>{Path(__file__).with_name('theme.css').read_text(encoding='utf-8')}</style>"


def ribbon(mark: str, text: str, css: str = "fw-simulated") -> None:
    """A band across the page."""
    st.html(f'<div class="fw-ribbon {css}"><b>{escape(mark)}</b> {escape(text)}</div>')


def heading(title: str, question: str) -> None:
    """The page's name and the one question that it answers."""
    st.html(f'<div class="fw-head"><h1>{escape(title)}</h1><span>{escape(question)}</span></div>')


def section(title: str, note: str = "") -> None:
    """A heading inside a page."""
    small = f"<small>{escape(note)}</small>" if note else ""
    st.html(f'<div class="fw-section"><h2>{escape(title)}</h2>{small}</div>')


def empty_state(title: str, text: str, command: str = "") -> None:
    """Nothing to show, and what to do about it."""
    code = f"<code>{escape(command)}</code>" if command else ""
    st.html(f'<div class="fw-empty"><h2>{escape(title)}</h2><p>{escape(text)}</p>{code}</div>')


def amount(fen: int) -> str:
    """Short money, exact on hover."""
    return f'<span class="fw-num" title="{escape(exact(fen))}">{escape(money(fen))}</span>'


def styled(text: str, css: str) -> str:
    """Text in one of the style sheet's classes: ``muted``, ``mono``, ``hash``, ``nowrap``."""
    classes = " ".join(f"fw-{name}" for name in css.split())
    return f'<span class="{classes}">{escape(text)}</span>'


def titled(text: str, code: str) -> str:
    """What a code stands for; the code itself on hover."""
    return f'<span title="{escape(code)}">{escape(text)}</span>'


def chip(text: str, css: str = "") -> str:
    """A small label."""
    return f'<span class="fw-chip {css}">{escape(text)}</span>'


def severity_chip(severity: str, queue: str) -> str:
    """A grade as its queue names it, stronger in ink the higher it is."""
    return chip(label(grade_group(queue), severity), f"fw-sev-{severity}")


def sparkline(values: Sequence[int]) -> str:
    """Twelve small bars, the last one in the accent colour."""
    top = max([*values, 1])
    bars = "".join(f'<i style="height:{100 * value // top}%"></i>' for value in values)
    return f'<span class="fw-spark">{bars}</span>'


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = (), css: str = ""
) -> None:
    """A dense table. Cells are HTML: whoever writes them escapes what comes from data."""
    right = set(numeric)
    head = "".join(
        f"<th{' class=fw-right' if place in right else ''}>{escape(name)}</th>"
        for place, name in enumerate(columns)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=fw-right' if place in right else ''}>{cell}</td>" for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    st.html(f'<div class="fw-scroll"><table class="fw-table">{inside}</table></div>')


def bullets(lines: Iterable[str], css: str = "", *, numbered: bool = False) -> None:
    """A list of sentences out of data."""
    kind = "ol" if numbered else "ul"
    st.html(
        f'<{kind} class="fw-list {css}">'
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + f"</{kind}>"
    )
