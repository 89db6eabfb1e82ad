"""Every sum on a screen or in an export is that of its rows, by kind of money, where alerts share settlements."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest
from support.drafts import a_card, a_draft, a_record_card, a_record_draft, evidence
from support.store_runs import Store

from dashboard.pager import PAGE_ROWS
from dashboard.wording import catalogue
from detection.accounts.demo import record_current_data
from detection.alerts.draft import AlertDraft, Money
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from detection.export.export import export
from detection.language.formats import formats
from detection.language.reason_of_place import of_institution

OpenPage = Callable[..., AppTest]
CARDS = {
    "at_issue": a_card(),
    "in_question": a_card(digest="pattern", certainty="statistical"),
    "context": a_card(digest="list", kind="model", certainty="statistical"),
}


def draft(case: str, kind: MoneyKind, *settlements: str) -> AlertDraft:
    card = CARDS[kind]
    plain = a_draft(case)
    return a_draft(
        case,
        settlements=settlements,
        evidence=evidence(plain.alert_id, settlements),
        money_kind=kind,
        certainty=card.certainty,
        detector_kind=card.kind,
        card_digest=card.digest,
        queue="institutions",
        kind="provider",
        identity="p1",
    )


DRAFTS = [
    draft("rule", "at_issue", "s1", "s2"),
    draft("again", "at_issue", "s2", "s3"),
    draft("pattern", "in_question", *(f"s{number}" for number in range(2, 12))),
    draft("like it", "in_question", "s11", "s12"),
    draft("list", "context", *(f"s{number}" for number in range(1, 40))),
    a_record_draft(),
]
ONCE = {"at_issue": 3, "in_question": 11, "context": 39}
"""Settlements of each kind, each counted once; every one is 10.00 of the pool and 2.34 of accounts."""


@pytest.fixture
def overlapping(tmp_path: Path) -> Path:
    store = Store(tmp_path / "money")
    store.run("r1", *DRAFTS, cards=[*CARDS.values(), a_record_card()], finished_at="2024-07-02T08:00:00")
    record_current_data(store.workspace)  # shown without a sign-in
    return store.workspace.root


def money(kind: MoneyKind) -> Money:
    return Money(1000 * ONCE[kind], 234 * ONCE[kind])


def text_of(app: AppTest) -> str:
    """The text of the page's HTML."""
    assert not app.exception
    marked = "\n".join(str(piece.value) for piece in app.html)
    return html.unescape(re.sub(r"<br>|</tr>|</div>", "\n", marked))


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def line_of(kind: MoneyKind, language: str) -> str:
    words, figures = catalogue(language), formats(language)
    return words["money.of_kind"].format(
        kind=words[f"money_kind.{kind}"],
        pool=figures.money(money(kind).pool),
        account=figures.money(money(kind).account),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_states_the_money_of_each_kind(
    open_page: OpenPage, overlapping: Path, language: str
) -> None:
    shown = plain(text_of(open_page(overlapping, "alerts", list="suspicion", lang=language)))
    for kind in MONEY_KINDS:
        assert line_of(kind, language) in shown
    both = money("at_issue").pool + money("in_question").pool
    assert formats(language).money(both) not in shown, "kinds are never added"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_home_has_headlines_of_two_kinds_and_none_of_context(
    open_page: OpenPage, overlapping: Path, language: str
) -> None:
    marked = text_of(open_page(overlapping, "home", lang=language))
    cards = re.findall(r'<a [^>]*class="fw-card"[^>]*>(.*?)</a>', marked, re.S)
    assert len(cards) == 4
    words, figures = catalogue(language), formats(language)
    for kind in ("at_issue", "in_question"):
        [card] = [each for each in cards if words[f"money_kind.{kind}"] in each]
        shown = re.findall(r'fw-sum fw-num">([^<]+)<', card)
        assert shown == [figures.money(money(kind).pool), figures.money(money(kind).account)]
    assert figures.money(money("context").pool) not in plain("".join(cards))
    funds = of_institution(["…"], {"at_issue": money("at_issue")}, language).partition("…")[2]
    assert funds in plain(marked), "the place of an institution has its reason in words"


def test_a_confirmation_states_the_money_of_what_is_selected(
    overlapping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FW_WORKSPACE", str(overlapping))

    def script() -> None:
        import os
        from pathlib import Path

        import streamlit as st

        from dashboard.alert_views.confirming import what_is_selected
        from dashboard.gate.access import DEMO
        from dashboard.pager import PAGE_ROWS
        from dashboard.query_cache import current_version, query
        from detection.store.queries.alerts import Filters, rows

        workspace = os.environ["FW_WORKSPACE"]
        st.session_state["workspace"] = workspace
        st.session_state["signed_in"] = DEMO
        current = current_version(Path(workspace))
        assert current is not None
        st.session_state["version"] = (current[0].run_id, current[0].last_event)
        listed = query(rows, Filters(list="suspicion"))
        what_is_selected((listed * PAGE_ROWS)[:PAGE_ROWS])

    shown = plain(text_of(AppTest.from_function(script, default_timeout=60).run()))
    assert sum(shown.count(each.alert_id) for each in DRAFTS) == PAGE_ROWS, "a whole page, by number"
    for kind in MONEY_KINDS:
        assert line_of(kind, "en") in shown


def test_an_export_says_which_kind_of_money_each_row_has(overlapping: Path, tmp_path: Path) -> None:
    from features.workspace import open_workspace

    workspace, read = open_workspace(overlapping), {}
    for what in ("alerts", "evidence"):
        out = tmp_path / f"{what}.parquet"
        export(workspace, what, file_format="parquet", out=out, actor="li", at="noon")
        read[what] = pl.read_parquet(out)
    alerts, rows = read["alerts"], read["evidence"]
    assert alerts.columns[-1] == rows.columns[-1] == "money_kind", "added, none renamed"
    assert set(alerts["money_kind"]) == set(MONEY_KINDS)
    of_settlements = rows.filter(table="settlements").unique(["money_kind", "row_id"])
    for kind in MONEY_KINDS:
        own = of_settlements.filter(money_kind=kind)
        assert own.height == ONCE[kind]
        assert (
            100 * own["pool"].sum() == money(kind).pool and 100 * own["account"].sum() == money(kind).account
        )
    by_alert = rows.group_by("alert_id").agg(amount=pl.col("pool").sum() + pl.col("account").sum())
    both = alerts.join(by_alert, on="alert_id")
    assert both.height == len(DRAFTS)
    assert both["amount"].to_list() == both["amount_at_issue"].to_list()
