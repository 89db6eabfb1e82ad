"""HTML of the pages. Plain text is escaped; only `Markup` is taken as HTML.

Every function here returns `Markup` or renders it, so that no page concatenates HTML by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup, escape

from dashboard.wording import catalogue, figures, label, language
from detection.language.messages import grade_group
from detection.language.spacing import fill

_MANUAL = "manual_link"
_MARKS_OF_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")


def render(content: Markup) -> None:
    """Add HTML to the page."""
    st.html(str(content))


def literal(text: str) -> str:
    """Text for the label of a widget, which Streamlit reads as Markdown: each mark of it stands for itself."""
    return _MARKS_OF_MARKDOWN.sub(r"\\\g<0>", text)


def join(parts: Iterable[str], separator: str = "") -> Markup:
    """Parts next to each other, each text or HTML."""
    return escape(separator).join(parts)


def element(tag: str, content: str, css: str = "", **attributes: str) -> Markup:
    """An HTML element.

    Args:
        tag: name of the element.
        content: text or HTML.
        css: classes of the style sheet.
        attributes: further attributes; an empty one is left out.
    """
    given = {"class": css, **attributes}
    written = join(Markup(' {}="{}"').format(name, value) for name, value in given.items() if value)
    return Markup("<{tag}{attributes}>{content}</{tag}>").format(
        tag=tag, attributes=written, content=escape(content)
    )


def message_markup(message: str, **values: str) -> Markup:
    """A message whose placeholders are filled with text or HTML."""
    return fill(escape(catalogue(language())[message]), values)


def bold(text: str) -> Markup:
    """Text or HTML in bold."""
    return element("b", text)


def lines(texts: Iterable[str]) -> Markup:
    """Texts on lines of their own."""
    return join(texts, Markup("<br>"))


def styled(text: str, css: str) -> Markup:
    """Text in classes of the style sheet: ``muted``, ``mono``, ``hash``, ``nowrap``."""
    return element("span", text, " ".join(f"fw-{name}" for name in css.split()))


def titled(text: str, code: str) -> Markup:
    """Text with the code that it stands for on hover."""
    return element("span", text, title=code)


def amount(fen: int) -> Markup:
    """Money in short, exact on hover."""
    return element("span", figures().short_money(fen), "fw-num", title=figures().money(fen))


def chip(text: str, css: str = "") -> Markup:
    """A small label."""
    return element("span", text, f"fw-chip {css}".strip())


def severity_chip(severity: str, queue: str) -> Markup:
    """A grade by the name that its queue gives it; the higher, the darker."""
    return chip(label(grade_group(queue), severity), f"fw-sev-{severity}")


def sparkline(values: Sequence[int]) -> Markup:
    """One small bar for each value, the last in the accent color."""
    top = max([*values, 1])
    return element(
        "span", join(element("i", "", style=f"height:{100 * value // top}%") for value in values), "fw-spark"
    )


def keep_manual_link(link: Markup) -> None:
    """Keep the link to the page's part of the manual, which stands in its heading; empty for none."""
    st.session_state[_MANUAL] = link


def heading(title: str, question: str) -> None:
    """The page's title, the question that it answers, and the link to its part of the manual."""
    manual: Markup = st.session_state.get(_MANUAL, Markup())
    render(element("div", element("h1", title) + element("span", question) + manual, "fw-head"))


def section(title: str, note: str = "") -> None:
    """A heading inside a page."""
    small = element("small", note) if note else ""
    render(element("div", element("h2", title) + small, "fw-section"))


def ribbon(content: str, css: str = "") -> None:
    """A band across the page."""
    render(element("div", content, f"fw-ribbon {css}".strip()))


def statement(text: str) -> None:
    """The sentence that a page is about."""
    render(element("div", text, "fw-seen"))


def paragraph(text: str) -> None:
    """A paragraph."""
    render(element("p", text))


def empty_state(title: str, text: str, command: str = "") -> None:
    """A page without content: why, and what to do about it."""
    code = element("code", command) if command else ""
    render(element("div", element("h2", title) + element("p", text) + code, "fw-empty"))


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = (), css: str = ""
) -> None:
    """A dense table; each cell is text or HTML.

    Args:
        columns: names.
        rows: cells, as many as columns.
        numeric: indices of the columns that are aligned to the right.
        css: name of the kind of table in the style sheet.
    """
    right = set(numeric)

    def cells(tag: str, contents: Sequence[str]) -> Markup:
        return element(
            "tr",
            join(
                element(tag, content, "fw-right" if index in right else "")
                for index, content in enumerate(contents)
            ),
        )

    head = element("thead", cells("th", columns))
    body = element("tbody", join(cells("td", row) for row in rows))
    # What scrolls is reached by keyboard through its links; without any, it is a stop itself.
    stop = {} if "<a " in body else {"tabindex": "0"}
    render(
        element("div", element("table", head + body, "fw-table"), f"fw-scroll fw-{css or 'plain'}", **stop)
    )


def bullets(texts: Iterable[str], css: str = "", *, numbered: bool = False) -> None:
    """A list of sentences."""
    items = join(element("li", text) for text in texts)
    render(element("ol" if numbered else "ul", items, f"fw-list {css}".strip()))


def name_value_list(values: Mapping[str, str], css: str = "") -> None:
    """Names and values, one pair a line."""
    pairs = join(element("dt", name) + element("dd", value) for name, value in values.items())
    render(element("dl", pairs, f"fw-facts {css}".strip()))
