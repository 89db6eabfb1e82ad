"""Text is escaped wherever a page puts it; only `Markup` is HTML."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from markupsafe import Markup

from dashboard import markup
from dashboard.navigation import link

HOSTILE = """<script>alert("x")</script> & 'y'"""
ESCAPED = "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &#39;y&#39;"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a page added, in order."""
    pieces: list[str] = []
    monkeypatch.setattr(st, "html", pieces.append)
    monkeypatch.setattr(st, "session_state", {"language": "en"})
    return pieces


@pytest.mark.parametrize(
    "draw",
    [
        lambda: markup.table([HOSTILE], []),
        lambda: markup.table(["column"], [[HOSTILE]]),
        lambda: markup.table(["column"], [[HOSTILE]], numeric=[0]),
        lambda: markup.table(["column"], [[markup.bold(HOSTILE)]]),
        lambda: markup.heading(HOSTILE, ""),
        lambda: markup.heading("", HOSTILE),
        lambda: markup.section("", HOSTILE),
        lambda: markup.ribbon(HOSTILE),
        lambda: markup.statement(HOSTILE),
        lambda: markup.paragraph(HOSTILE),
        lambda: markup.empty_state("", "", HOSTILE),
        lambda: markup.bullets([HOSTILE]),
        lambda: markup.name_value_list({HOSTILE: ""}),
        lambda: markup.name_value_list({"": HOSTILE}),
    ],
)
def test_hostile_text_is_rendered_as_text(draw: Callable[[], None], rendered: list[str]) -> None:
    draw()
    assert len(rendered) == 1
    assert "<script>" not in rendered[0]
    assert ESCAPED in rendered[0]


@pytest.mark.parametrize(
    "build",
    [
        lambda: markup.styled(HOSTILE, "muted"),
        lambda: markup.titled(HOSTILE, ""),
        lambda: markup.titled("", HOSTILE),
        lambda: markup.chip(HOSTILE),
        lambda: markup.lines([HOSTILE, "second"]),
        lambda: markup.join(["first", "second"], HOSTILE),
        lambda: markup.message_markup("alerts.totals.part", list=HOSTILE, n="1"),
        lambda: link(HOSTILE, "home"),
        lambda: link("", "home", title=HOSTILE),
    ],
)
def test_hostile_text_stays_text_in_a_piece_of_html(build: Callable[[], Markup], rendered: list[str]) -> None:
    assert "<script>" not in build()
    assert ESCAPED in build()


def test_html_that_a_helper_made_is_not_escaped_again(rendered: list[str]) -> None:
    markup.table(["column"], [[markup.chip("text")]])
    assert '<td><span class="fw-chip">text</span></td>' in rendered[0]
