"""Methods: how does the system decide? Every detector and every feature in words, from their own cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.glossary import explained, meaning, term, terms
from dashboard.markup import (
    bold,
    bullets,
    chip,
    heading,
    join,
    lines,
    paragraph,
    render,
    section,
    statement,
    styled,
    table,
    titled,
)
from dashboard.navigation import link
from dashboard.query_cache import detectors, features, query
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, label, language, law, localized, setting, t
from detection.detectors.cards import Card
from detection.detectors.case_tables import parse
from detection.language.files import case_text, cell_text, column_title, source_text
from detection.language.law import Citation
from detection.language.policy import policy_title
from detection.store.queries import data as data_queries
from detection.store.queries import methods as queries

TABS = ("detectors", "features", "glossary")
_TABLE = "|"
_PLACEHOLDER = re.compile(r"\{\w+\}")


def main() -> None:
    """Draw the page."""
    heading(t("nav.methods"), t("methods.question"))
    requested = st.query_params.get("part", "")
    tab = choose_tab("part", t("methods.part"), TABS, requested, lambda name: label("methods", name))
    if tab == "glossary":
        _glossary()
    elif tab == "features":
        _features()
    else:
        _detectors()


def _detectors() -> None:
    counts = query(queries.fired)
    assessed = {row.detector: row for row in query(data_queries.matrix)}
    cards = detectors()
    names = ("detector", "family", "certainty", "fired", "assessable")
    headings = {name: t(f"methods.column.{name}") for name in names}
    for name, means in (("certainty", "certainty"), ("fired", "alert"), ("assessable", "assessability")):
        headings[name] = explained(headings[name], means)
    table(
        list(headings.values()),
        [
            _detector_cells(name, card, counts.get(name, 0), assessed.get(name))
            for name, card in cards.items()
        ],
        numeric=(3,),
    )
    section(t("methods.detail"))
    name = _choose(cards)
    _detector(cards[name], assessed.get(name))


def _detector_cells(name: str, card: Card, alerts: int, assessed: data_queries.Coverage | None) -> list[str]:
    title = link(card.words[language()].title, "methods", detector=name)
    its_alerts = {"detector": name, "status": "any", "list": "all", "change": "standing"}
    return [
        join([title, styled(label("catalogue", card.catalogue), "muted")], " "),
        label("family", card.family),
        label("certainty", card.certainty),
        link(figures().count(alerts), "alerts", **its_alerts),
        label("assessable", assessed.status) if assessed else "–",
    ]


def _choose(cards: dict[str, Card]) -> str:
    """The detector that is shown in detail, kept in the URL."""
    names = list(cards)
    requested = st.query_params.get("detector", "")
    name = st.selectbox(
        t("methods.choose"),
        names,
        index=names.index(requested) if requested in names else 0,
        format_func=lambda choice: cards[choice].words[language()].title,
        key=f"detector_{requested}_{language()}",
        width=760,
    )
    if name != requested:
        st.query_params["detector"] = name
    return str(name)


def _detector(card: Card, assessed: data_queries.Coverage | None) -> None:
    words = card.words[language()]
    left, right = st.columns(2, gap="medium")
    with left:
        statement(words.why_it_matters)
        section(t("methods.sees"))
        paragraph(_PLACEHOLDER.sub("…", words.observed))
        section(t("alert.innocent.possible"))
        bullets(words.innocent_explanations)
        section(t("alert.steps"))
        bullets(words.follow_up, numbered=True)
    with right:
        _needs(card, assessed)
        _thresholds(card)
        _law(card)
        _causes(card)
    _cases(card)


def _needs(card: Card, assessed: data_queries.Coverage | None) -> None:
    section(t("methods.needs"))
    columns = [f"{name}.{column}" for name, columns in card.needs.items() for column in columns or ("*",)]
    needs = [titled(chip(_need(column)), column) for column in columns]
    needs += [chip(t("methods.minutes", column=_need(column))) for column in card.needs_minutes]
    needs += [chip(t("methods.policy", name=policy_title(name, language()))) for name in card.needs_policy]
    render(join(needs))
    if assessed is not None and assessed.status != "available":
        status = label("assessable", assessed.status)
        st.caption(t("methods.reason", status=status, reason=localized(assessed.reason)))


def _need(name: str) -> str:
    """A table's column, or any of them: ``settlements.person_id``, ``persons.*``."""
    table_name, _, column = name.rpartition(".")
    title = t("methods.any_column") if column == "*" else column_title(column, language())
    return t("methods.column", table=label("table", table_name), column=title) if table_name else title


def _thresholds(card: Card) -> None:
    section(t("methods.thresholds"))
    if not card.thresholds.values:
        st.caption(t("methods.no_thresholds"))
        return
    names = ("name", "from", "value", "unit", "status", "source")
    table(
        [t(f"value.{name}") for name in names],
        [
            [
                titled(card.thresholds.title(name, language()), name),
                styled(figures().day(value.start), "nowrap"),
                setting(value.value),
                label("unit", value.unit),
                label("value_status", value.status),
                styled(source_text(value.source, language()), "prose"),
            ]
            for name, values in card.thresholds.values.items()
            for value in values
        ],
    )


def _law(card: Card) -> None:
    if not card.legal_basis:
        return
    section(t("methods.law"))
    table(
        [t("methods.instrument"), t("value.from"), t("methods.area"), t("value.source")],
        [
            [
                law(Citation(basis.instrument, basis.article)),
                styled(figures().day(basis.start), "nowrap"),
                label("area", basis.area) if basis.area else t("methods.everywhere"),
                source_text(basis.source, language()) or "–",
            ]
            for basis in card.legal_basis
        ],
    )


def _causes(card: Card) -> None:
    if not card.causes:
        return
    section(t("methods.causes"))
    table(
        [t("column.cause"), t("methods.judgment")],
        [[localized(cause), label("judgment", cause.judgment)] for cause in card.causes.values()],
    )


def _cases(card: Card) -> None:
    """The card's own cases: they raise an alert, raise none, or are not assessable."""
    if not card.cases:
        return
    section(t("methods.cases"), t("methods.cases.note"))
    for offset, column in enumerate(st.columns(2, gap="medium")):
        with column:
            for case in card.cases[offset::2]:
                _case(case)


def _case(case: Mapping[str, Any]) -> None:
    with st.container(border=True):
        result = "not_assessable" if case.get("not_assessable") else "fires" if case.get("hits") else "silent"
        name, why = (case_text(str(case.get(key, "")), language()) for key in ("name", "why"))
        title = join([bold(name), chip(label("case", result))], " ")
        render(lines([title, styled(why, "muted")]))
        for table_name, content in case.items():
            if isinstance(content, str) and _TABLE in content:
                rows = parse(content)
                st.caption(label("table", table_name))
                table(
                    [column_title(column, language()) for column in rows[0]] if rows else [],
                    [[_marked(column, cell, case) for column, cell in row.items()] for row in rows],
                )
        if result == "fires":
            st.caption(t("methods.hits", ids=", ".join(case["hits"])))


def _marked(column: str, cell: str, case: Mapping[str, Any]) -> str:
    """A cell of a case; ids of the settlements and records that it raises are bold."""
    raised = {hit.partition(":")[2] or hit for hit in case.get("hits", ())}
    return bold(cell) if cell in raised else cell_text(column, cell, language())


def _glossary() -> None:
    section(t("methods.glossary"), t("glossary.note"))
    table(
        [t("glossary.term"), t("glossary.meaning")], [[bold(term(name)), meaning(name)] for name in terms()]
    )


def _features() -> None:
    notes = features()
    section(t("methods.features"), t("methods.features.note", n=len(notes)))
    names = ("feature", "entity", "family", "unit", "direction", "needs")
    table(
        [t(f"feature.{name}") for name in names],
        [
            [
                lines([localized(note).replace("{value}", "…"), styled(note.name, "mono muted")]),
                label("subject_kind", note.entity),
                label("family", note.family),
                label("unit", note.unit),
                label("direction", note.direction),
                styled(
                    t("separator").join(map(_need, note.needs))
                    + (t("feature.minutes") if note.minutes else ""),
                    "muted",
                ),
            ]
            for note in notes
        ],
    )


main()
