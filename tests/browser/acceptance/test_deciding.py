"""The acceptance hour, third part: who may work on a packet and until when, and what the agency credited wrongly."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect
from support.acceptance.hour import (
    ELSEWHERE,
    INSPECTOR_A,
    INSPECTOR_B,
    RECUSED,
    SUPERVISOR,
    Hour,
    actor,
    day,
    fen,
    yuan,
)

from detection.followup import cases as casework

pytestmark = pytest.mark.browser
REGISTERED = "2026-09-21T09:00:00"
DUE = dt.date(2026, 10, 19)
"""15 working days later: without Mid-Autumn (25 to 27 September) and National Day (1 to 7 October), with the Saturday
of 10 October, on which people work in exchange."""


def test_5_a_packet_is_registered_for_two_inspectors_within_its_district_and_its_days(hour: Hour) -> None:
    name = "模拟药店1"
    page = hour.packet("institutions", name)
    assert page.packet is not None and page.packet.district == "320601"
    lead = casework.open_case(
        hour.root,
        page.packet.packet_id,
        actor=actor(INSPECTOR_A),
        at=REGISTERED,
        reason="医师与药店集中，需到场核查",
        kind="lead",
    ).case_id
    recused = hour.at(RECUSED)
    recused.move(lead, "回避", people=RECUSED, reason="该药店经营者为亲属")
    expect(recused.main.get_by_text(f"已回避：{RECUSED}")).to_be_visible()
    supervising = hour.at(SUPERVISOR)
    supervising.move(lead, "指派核查人员", people=f"{INSPECTOR_A} {RECUSED}")
    expect(supervising.main.get_by_text(f"已回避，不得指派：{RECUSED}").first).to_be_visible()
    supervising.move(lead, "指派核查人员", people=f"{INSPECTOR_A} {INSPECTOR_B}")
    expect(supervising.main.get_by_text(f"核查人员：{INSPECTOR_A}；{INSPECTOR_B}")).to_be_visible()
    text = supervising.text
    assert day(DUE) in text and f"已回避：{RECUSED}" in text
    own = hour.at(INSPECTOR_B)
    own.open("work")
    expect(own.row(lead, day(DUE))).to_have_count(1)
    stranger = hour.at(ELSEWHERE)
    hidden = (name + "\n", page.packet.packet_id, lead, page.alerts[0].title.zh)
    for address, query in (
        ("packet", {"id": page.packet.packet_id}),
        ("case", {"id": lead}),
        ("alert", {"id": page.alerts[0].alert_id}),
        ("alerts", {"list": "all", "status": "any"}),
        ("", {}),
    ):
        text = stranger.open(address, **query)
        assert [each for each in hidden if each in text + "\n"] == [], address


def test_7_the_over_credits_of_one_employer_stand_signed_in_the_agency_queue(hour: Hour) -> None:
    wrong = hour.alerts("credit_rule_violation")
    [alert] = [row for row in wrong if row.subject_kind == "employer"]
    employed = hour.table("enrolments").filter(employer_id=hour.real("employer", alert.pseudonym))
    credited = hour.table("contributions").join(employed, on="person_id", how="semi")
    over = fen(credited["employer_into_account"])
    assert over == alert.account > 0
    desk = hour.at(INSPECTOR_A)
    text = desk.open("packets", queue="agency")
    assert "正数为应收回基金，负数为基金应补付" in text
    expect(desk.row(alert.pseudonym, "用人单位", yuan(over))).to_have_count(1)
    owed = [row for row in wrong if row.account < 0]
    assert [row for row in owed if desk.row(row.pseudonym, yuan(row.account)).count() != 1] == []
    assert len(owed) == 2 and yuan(owed[0].account).startswith("−")
    text = desk.open("alert", id=alert.alert_id)
    assert f"多划 {yuan(over)}，应补给参保人 {yuan(0)}" in text
