"""Alert: what was seen, is it unusual, what speaks against it, what next?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.alert_views.actions import offer_actions
from dashboard.alert_views.evidence import draw_evidence, draw_prices
from dashboard.alert_views.last_list import draw_way_back
from dashboard.alert_views.place import why_here
from dashboard.alert_views.related import draw_similar, link_to_subject
from dashboard.alert_views.signs import sign_chips
from dashboard.alert_views.taking_away import take_away
from dashboard.casework_views.words import word
from dashboard.charts.peers import peer_strip
from dashboard.charts.pictures import draw_picture, drawing_of, picture_title
from dashboard.charts.proof.surroundings import surroundings_of
from dashboard.glossary import explained
from dashboard.identities import offer_reveal, unmasked
from dashboard.markup import (
    amount,
    bold,
    bullets,
    empty_state,
    heading,
    join,
    lines,
    name_value_list,
    paragraph,
    render,
    section,
    severity_chip,
    statement,
    styled,
    table,
    titled,
)
from dashboard.navigation import link
from dashboard.query_cache import detector_label, feature_words, query, typology_label
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, language, law, localized, setting, t, time_text
from detection.alerts.explanation import Check, UsedValue
from detection.cases.codes import VERDICTS
from detection.detectors.cards import CardText
from detection.language.files import source_text
from detection.language.policy import policy_title, value_lines
from detection.store.lifecycle import OPEN
from detection.store.queries import alert as queries
from detection.store.queries.alerts import Row
from detection.store.queries.evidence import ids_of_evidence, picture_records, picture_rows
from detection.store.queries.risk import signs_of_alert

_MOST_PEOPLE = 3


def main() -> None:
    """Draw the alert that the URL names."""
    alert_id = st.query_params.get("id", "")
    alert = query(queries.alert, alert_id) if alert_id else None
    if alert is None:
        heading(t("nav.alert"), t("alert.question"))
        if alert_id:
            empty_state(t("alert.unknown"), t("alert.unknown.text", id=alert_id))
        else:
            empty_state(t("alert.choose"), t("alert.choose.text"))
        draw_way_back()
        return
    draw_way_back(alert.row.alert_id)
    heading(unmasked(localized(alert.row.title)), alert.row.alert_id)
    left, right = st.columns([2.35, 1], gap="medium")
    with left:
        _what_was_seen(alert)
    with right:
        render(styled("", "sticky"))
        _case_side(alert)
    draw_prices(alert)
    draw_evidence(alert)  # over the whole width: it has the most columns
    _card(alert)
    with st.bottom:
        about = t("act.on_alert", status=label("status", alert.row.status))
        offer_actions([alert.row], key=alert.row.alert_id, about=about, submit=t("act.submit.single"))


def _what_was_seen(alert: queries.AlertPage) -> None:
    statement(unmasked(localized(alert.seen)))
    _picture(alert)
    _peers(alert)
    _innocent(alert)


def _picture(alert: queries.AlertPage) -> None:
    rows = query(picture_rows, alert.row.alert_id)
    around = surroundings_of(alert)
    if rows:
        drawing = drawing_of(alert, rows, around)
    else:
        drawing = drawing_of(alert, query(picture_records, alert.row.alert_id), around)
    section(t("alert.picture"), picture_title(alert, drawing, rows))
    draw_picture(alert, drawing, rows)


def _peers(alert: queries.AlertPage) -> None:
    section(explained(t("alert.peers"), "peers"))
    strips = {strip.feature: strip for strip in query(queries.peer_strips, alert.row.alert_id)}
    for reason in alert.reasons:
        strip = strips.get(reason.feature)
        if strip is None:
            bullets([localized(reason.text)])
        else:
            st.altair_chart(
                peer_strip(strip, localized(reason.text)), key=f"strip_{strip.feature}_{language()}"
            )
    if not alert.reasons:
        row = alert.row
        rank = t(f"alert.peers.{_rank_is(row)}", rank=_rank(row)) if row.peer_rank else ""
        st.caption(f"{t(f'alert.peers.{_compared_with(alert)}')} {rank}")
        _signs(alert)


def _signs(alert: queries.AlertPage) -> None:
    """The kinds of evidence about the subject, where no feature says why it is listed."""
    signs = query(signs_of_alert, alert.row.alert_id)
    if signs:
        st.caption(t("alert.signs"))
        render(sign_chips(signs))


def _compared_with(alert: queries.AlertPage) -> str:
    """What the alert's detector compares with: ``rule``, ``chance``, ``network`` or ``model``."""
    patterns = alert.detector_kind == "rule" and alert.certainty == "statistical"
    return "chance" if patterns else alert.detector_kind


def _rank(row: Row) -> str:
    return t("rank.of", rank=row.peer_rank, peers=row.peers)


def _rank_is(row: Row) -> str:
    """Among what the subject is ranked: its peers, or all where these are too few."""
    return "rank_of_all" if row.among_all else "rank"


def _card_words(alert: queries.AlertPage) -> CardText:
    """The card's texts in the reader's language."""
    return alert.card.words[language()]


def _innocent(alert: queries.AlertPage) -> None:
    """Innocent explanations, and next to them the checks that were already made."""
    section(explained(t("alert.innocent"), "explanation"))
    left, right = st.columns(2)
    with left:
        st.caption(t("alert.innocent.possible"))
        bullets(_card_words(alert).innocent_explanations)
    with right:
        st.caption(t("alert.innocent.checked"))
        if alert.checks:
            bullets(_check(check) for check in alert.checks)
        else:
            st.caption(t("alert.innocent.unchecked"))


def _check(check: Check) -> str:
    """A check that was made, with its effect on the grade."""
    effect = label("effect", check.effect.replace(" ", "_"))
    return t("alert.check", text=localized(check.text), effect=effect)


def _card(alert: queries.AlertPage) -> None:
    section(t("alert.card"), detector_label(alert.row.detector))
    paragraph(_card_words(alert).why_it_matters)
    provenance = {
        "typology": typology_label(alert.row.typology),
        "certainty": label("certainty", alert.certainty),
        "card_version": alert.card_digest,
        "model_version": alert.model_version,
        "law": t("separator").join(law(citation) for citation in alert.citations),
        "first_run": alert.first_run_id,
        "run": alert.run_id,
    }
    name_value_list({t(f"card.{name}"): value for name, value in provenance.items() if value}, css="fw-left")
    if alert.values:
        names = ("name", "value", "unit", "from", "status", "source")
        table([t(f"value.{name}") for name in names], [_value_cells(alert, value) for value in alert.values])


def _value_cells(alert: queries.AlertPage, used: UsedValue) -> list[str]:
    """A threshold or policy value that was in force while the events happened."""
    titles = policy_title if used.kind == "policy" else alert.card.thresholds.title
    return [
        titled(titles(used.name, language()), used.name),
        lines(_value_texts(used.value)),
        label("unit", used.unit),
        styled(figures().day(used.start), "nowrap"),
        styled(label("value_status", used.status), "nowrap"),
        source_text(used.source, language()),
    ]


def _value_texts(value: object) -> list[str]:
    """A policy value by category, level or segment, a text each; any other value as one text."""
    by_rows = isinstance(value, list) and any(isinstance(row, dict) for row in value)
    return value_lines(value, language()) if by_rows or isinstance(value, str) else [setting(value)]


def _case_side(alert: queries.AlertPage) -> None:
    row = alert.row
    render(severity_chip(row.severity, row.queue) + styled(label("status", row.status), "chip"))
    if row.status == "proposed":
        st.info(t("alert.proposed", name=row.proposed_by, verdict=word(VERDICTS, row.verdict)))
    elif row.status == "dismissed" and row.verdict:
        st.caption(word(VERDICTS, row.verdict))
    elif row.status == "snoozed" and row.snoozed_until:
        st.caption(t("alert.snoozed", day=figures().day(row.snoozed_until)))
    if localized(alert.closed):
        st.caption(localized(alert.closed))
    name_value_list(_case_facts(alert))
    take_away(alert)
    offer_reveal([row.subject, *alert.members, *query(ids_of_evidence, row.alert_id)], key="alert")
    link_to_subject(alert)
    _counterfactual(alert)
    section(t("alert.steps"))
    for number, step in enumerate(_card_words(alert).follow_up):
        st.checkbox(step, key=f"step_{row.alert_id}_{number}_{language()}", persist_state="session")
    _history(alert)
    draw_similar(alert)


def _history(alert: queries.AlertPage) -> None:
    if alert.events:
        section(t("alert.history"))
        bullets(_event(event) for event in alert.events)


def _case_facts(alert: queries.AlertPage) -> dict[str, str]:
    row, day = alert.row, figures().day
    values: dict[str, str] = {
        explained(t("column.money_kind"), f"money_{row.money_kind}"): label("money_kind", row.money_kind),
        explained(t("fund.pool"), "pooled_fund"): amount(row.pool),
        explained(t("fund.account"), "personal_account"): amount(row.account),
        t("alert.period"): lines(dict.fromkeys((day(row.first), day(row.last)))),
    }
    if row.status in OPEN:
        place = t("alert.place.text", rank=figures().count(row.rank), why=why_here(row))
        values[explained(t("alert.place"), "order_by_risk")] = place
    if row.pseudonym != alert.provider:
        its_page = bold(subject_link(row.subject_kind, row.pseudonym, row.subject))
        values[t("alert.subject")] = join([label("subject_kind", row.subject_kind), its_page], " ")
    values[t("column.place")] = _institution(alert)
    if row.peer_rank:
        values[explained(t(f"alert.{_rank_is(row)}"), "rank")] = _rank(row)
    if alert.members:
        values[t("alert.people")] = _people(alert)
    return values


def _institution(alert: queries.AlertPage) -> Markup | str:
    if not alert.row.place:
        return "–"
    its_alerts = link(t("alert.of_institution"), "alerts", provider=alert.provider, list="all")
    return lines([subject_link("provider", alert.provider, alert.row.place), its_alerts])


def _people(alert: queries.AlertPage) -> Markup:
    """How many are involved, and links to the first of them."""
    shown = [subject_link("person", member) for member in alert.members[:_MOST_PEOPLE]]
    rest = ["…"] if len(alert.members) > _MOST_PEOPLE else []
    return lines([figures().count(len(alert.members)), *shown, *rest])


def _event(event: queries.Event) -> str:
    """When, who, what, why."""
    parts = (time_text(event.at), event.actor, label("action", event.action), localized(event.note))
    return " · ".join(part for part in parts if part)


def _counterfactual(alert: queries.AlertPage) -> None:
    """What would have to be explained for the alert to leave the list."""
    if alert.counterfactual is None:
        return
    section(t("alert.counterfactual"))
    st.caption(t("alert.counterfactual.text", rank=alert.counterfactual.rank_then))
    bullets(feature_words(name, value) for name, value in alert.own_values.items())


main()
