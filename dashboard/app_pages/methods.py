"""Methods: how does this thing decide? Every detector and every feature in words, from their own cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.navigation import link
from dashboard.query_cache import detectors, features, query
from dashboard.theme import bullets, chip, heading, section, styled, table, titled
from dashboard.url_tabs import choose_tab
from dashboard.wording import day, label, language, law, localized, number, setting, t
from detection.detectors.cards import Card
from detection.detectors.case_tables import parse
from detection.language.policy import policy_title
from detection.store.queries import data as data_queries
from detection.store.queries import methods as queries

PARTS = ("detectors", "features")
_TABLE = "|"
_PLACE = re.compile(r"\{\w+\}")


def main() -> None:
    """Draw the page."""
    heading(t("nav.methods"), t("methods.question"))
    wanted = st.query_params.get("part", "")
    shown = choose_tab("part", t("methods.part"), PARTS, wanted, lambda one: label("methods", one))
    if shown == "features":
        _features()
    else:
        _detectors()


def _detectors() -> None:
    fired = query(queries.fired)
    judged = {one.detector: one for one in query(data_queries.matrix)}
    cards = detectors()
    columns = [
        t(f"methods.column.{name}") for name in ("detector", "family", "certainty", "fired", "assessable")
    ]
    table(
        columns,
        [
            [
                link(card.words[language()].title, "methods", detector=name)
                + " "
                + styled(label("catalogue", card.catalogue), "muted"),
                escape(label("family", card.family)),
                escape(label("certainty", card.certainty)),
                link(
                    number(fired.get(name, 0)),
                    "alerts",
                    detector=name,
                    status="any",
                    list="all",
                    change="standing",
                ),
                escape(label("assessable", judged[name].status)) if name in judged else "–",
            ]
            for name, card in cards.items()
        ],
        numeric=(3,),
    )
    section(t("methods.one"))
    names = list(cards)
    asked = st.query_params.get("detector", "")
    name = st.selectbox(
        t("methods.choose"),
        names,
        index=names.index(asked) if asked in names else 0,
        format_func=lambda one: cards[one].words[language()].title,
        key=f"detector_{asked}_{language()}",
        width=760,
    )
    if name != asked:
        st.query_params["detector"] = name
    _detector(cards[name], judged.get(name))


def _detector(card: Card, judged: data_queries.Judged | None) -> None:
    words = card.words[language()]
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(f'<div class="fw-seen">{escape(words.matters)}</div>')
        section(t("methods.sees"))
        st.html(f"<p>{escape(_PLACE.sub('…', words.seen))}</p>")
        section(t("alert.innocent.possible"))
        bullets(words.innocent)
        section(t("alert.steps"))
        bullets(words.follow_up, numbered=True)
    with right:
        section(t("methods.needs"))
        needs = [f"{name}.{column}" for name, columns in card.needs.items() for column in columns or ("*",)]
        st.html(
            "".join(
                chip(one)
                for one in [
                    *needs,
                    *(t("methods.minutes", column=one) for one in card.needs_minutes),
                    *(t("methods.policy", name=policy_title(one, language())) for one in card.needs_policy),
                ]
            )
        )
        if judged is not None and judged.status != "available":
            status = label("assessable", judged.status)
            st.caption(t("methods.reason", status=status, reason=localized(judged, "reason")))
        _lines(card)
        _law(card)
        if card.causes:
            section(t("methods.causes"))
            table(
                [t("column.cause"), t("methods.judgement")],
                [
                    [escape(localized(cause)), escape(label("judgement", cause.judgement))]
                    for cause in card.causes.values()
                ],
            )
    _cases(card)


def _lines(card: Card) -> None:
    section(t("methods.lines"))
    if not card.thresholds.values:
        st.caption(t("methods.no_lines"))
        return
    names = ("name", "from", "value", "unit", "status", "source")
    table(
        [t(f"value.{name}") for name in names],
        [
            [
                titled(card.thresholds.title(name, language()), name),
                styled(day(one.start.isoformat()), "nowrap"),
                escape(setting(one.value)),
                escape(label("unit", one.unit)),
                escape(label("value_status", one.status)),
                escape(one.source),
            ]
            for name, drawn in card.thresholds.values.items()
            for one in drawn
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
                escape(law(str(one))),
                styled(day(one.start.isoformat()), "nowrap"),
                escape(label("area", one.area) if one.area else t("methods.everywhere")),
                escape(one.source or "–"),
            ]
            for one in card.legal_basis
        ],
    )


def _cases(card: Card) -> None:
    """The card's own cases: fires, nearly fires, cannot be judged."""
    if not card.cases:
        return
    section(t("methods.cases"), t("methods.cases.note"))
    for place, column in enumerate(st.columns(2, gap="medium")):
        with column:
            for case in card.cases[place::2]:
                _case(case)


def _case(case: Mapping[str, Any]) -> None:
    with st.container(border=True):
        result = "not_assessable" if case.get("not_assessable") else "fires" if case.get("hits") else "silent"
        name, why = (escape(str(case.get(part, ""))) for part in ("name", "why"))
        st.html(f"<b>{name}</b> {chip(label('case', result))}<br><span class='fw-muted'>{why}</span>")
        for drawn, drawing in case.items():
            if isinstance(drawing, str) and _TABLE in drawing:
                rows = parse(drawing)
                st.caption(drawn)
                table(
                    list(rows[0]) if rows else [],
                    [[_marked(cell, case) for cell in row.values()] for row in rows],
                )
        if result == "fires":
            st.caption(t("methods.hits", ids=", ".join(case["hits"])))


def _marked(cell: str, case: Mapping[str, Any]) -> str:
    """A cell of a case; the settlements and records that it raises in bold."""
    raised = {one.partition(":")[2] or one for one in case.get("hits", ())}
    return f"<b>{escape(cell)}</b>" if cell in raised else escape(cell)


def _features() -> None:
    notes = features()
    section(t("methods.features"), t("methods.features.note", n=len(notes)))
    names = ("feature", "entity", "family", "unit", "direction", "needs")
    table(
        [t(f"feature.{name}") for name in names],
        [
            [
                f"{escape(localized(one).replace('{value}', '…'))}<br>{styled(one.name, 'mono muted')}",
                escape(label("subject_kind", one.entity)),
                escape(label("family", one.family)),
                escape(label("unit", one.unit)),
                escape(label("direction", one.direction)),
                styled(", ".join(one.needs) + (t("feature.minutes") if one.minutes else ""), "muted"),
            ]
            for one in notes
        ],
    )


main()
