"""The family page: what is to be checked beside its innocent explanations, marks, and all of the money."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.family import family_timeline
from dashboard.charts.flow import MOST, family_flow, money_flow
from dashboard.wording import catalogue
from detection.alerts.moment import Moment
from detection.families.flows import flows_of
from detection.store.queries.evidence import EvidenceRow
from detection.store.queries.family import Family, family, payers
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def account(sample: Path) -> Family:
    with open_reader(sample) as reader:
        assert reader is not None
        own = family(reader, payers(reader)[0][0])
    assert own is not None
    return own


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "en"})


def links_of(chart: dict[str, object]) -> list[tuple[str, str, int]]:
    """Source, target and fen of each link."""
    [series] = json.loads(json.dumps(chart))["series"]
    return [(link["source"], link["target"], round(100 * link["value"])) for link in series["links"]]


def through(links: list[tuple[str, str, int]]) -> dict[str, tuple[int, int]]:
    """Fen that come to a node and that leave it."""
    ends = {name for source, target, _ in links for name in (source, target)}
    return {
        name: (sum(fen for _, to, fen in links if to == name), sum(fen for at, _, fen in links if at == name))
        for name in ends
    }


def test_no_money_is_lost_between_the_account_and_the_places(account: Family) -> None:
    payments = [(each.beneficiary, each.institution, each.amount) for each in account.payments]
    flows = flows_of(payments, most=MOST)
    assert len(flows.others) > 1
    nodes = through(links_of(family_flow(account, flows)))
    assert nodes.pop(account.payer) == (0, account.amount)
    people = [node for name, node in nodes.items() if name.startswith("P-")]
    assert len(people) == 3 and all(came == left for came, left in people)
    assert nodes[catalogue("en")["family.others.node"].format(n=len(flows.others))] == (
        flows.total_of_others,
        0,
    )
    assert sum(came for came, left in nodes.values() if not left) == account.amount


def test_the_flows_of_an_alert_keep_everybody_however_many_they_are() -> None:
    at = Moment(dt.datetime(2024, 3, 1, 8))
    rows = [
        EvidenceRow(f"S-{n}", "", f"P-{n}", f"place {n % 7}", at, 100 + n, 7 * n, "a.csv", n)
        for n in range(50)
    ]
    links = links_of(money_flow(rows))
    assert sum(fen for _, _, fen in links) == sum(row.pool + row.account for row in rows)
    assert len({source for source, _, _ in links}) == MOST + 1


def test_institutions_of_one_name_are_places_of_their_own() -> None:
    at = Moment(dt.datetime(2024, 3, 1, 8))
    rows = [
        EvidenceRow(f"S-{n}", "", "P-1", "同名药店", at, 100, 0, "a.csv", n, institution=f"I-{n}")
        for n in (1, 2)
    ]
    assert {place for _, place, _ in links_of(money_flow(rows))} == {"同名药店 I-1", "同名药店 I-2"}


def test_marks_are_those_of_open_alerts_or_of_the_alert_that_is_shown(account: Family) -> None:
    [cited] = {each.alert_id for payment in account.payments for each in payment.cited}
    chart = json.dumps(family_timeline(account, {}).to_dict())
    assert chart.count('"cited": true') == 12 and chart.count('"cited": false') == 28
    assert json.dumps(family_timeline(account, {}, alert_id=cited).to_dict()).count('"cited": true') == 12
    assert '"cited": true' not in json.dumps(family_timeline(account, {}, alert_id="another").to_dict())


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            ["30 years older than the owner", "one of 2 (spouse) at one time", "typing error", "adoption"],
        ),
        ("zh", ["比账户所有人大 30 岁", "同期登记配偶 2 人", "窗口录入有误", "继父母、继子女或收养关系"]),
    ],
)
def test_the_page_says_what_to_check_and_what_may_explain_it(
    open_page: OpenPage, sample: Path, language: str, texts: list[str]
) -> None:
    app = open_page(sample, "family", lang=language)
    assert not app.exception
    shown = "\n".join(piece.value for piece in app.html)
    assert not [text for text in texts if text not in shown]
    [others] = app.expander
    assert len(re.findall("<tr>", others.html[0].value)) > 5
