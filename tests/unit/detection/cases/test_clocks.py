"""Clocks end on working days, pauses move them, and extensions are added once."""

from __future__ import annotations

import datetime as dt

from detection.cases.clocks import Entered, deadlines
from detection.cases.life_cycle import life_cycle
from detection.cases.working_days import calendar

Day = dt.date


def test_a_lead_is_checked_within_fifteen_working_days_of_its_registration() -> None:
    history = [Entered("registered", Day(2026, 9, 21)), Entered("checking", Day(2026, 9, 22), "assign")]
    [deadline] = deadlines(life_cycle("lead"), history, calendar(), Day(2026, 9, 28))
    # 22-24 (3), 28-30 (6), 8-10 October with the worked Saturday (9), 12-16 (14), 19
    assert deadline.day == Day(2026, 10, 19)
    assert deadline.left == 11
    assert deadline.unknown_years == ()


def test_an_extension_is_added() -> None:
    history = [
        Entered("registered", Day(2026, 11, 2)),
        Entered("checking", Day(2026, 11, 3), "assign"),
        Entered("checking", Day(2026, 11, 20), "extend"),
    ]
    [deadline] = deadlines(life_cycle("lead"), history, calendar(), Day(2026, 11, 23))
    assert deadline.day == calendar().due(Day(2026, 11, 2), 30).day


def test_a_hold_moves_the_end_of_a_case_by_its_days_and_stands_still_meanwhile() -> None:
    history = [
        Entered("opening_proposed", Day(2026, 3, 1)),
        Entered("open", Day(2026, 3, 2), "approve_opening"),
        Entered("investigating", Day(2026, 3, 3), "assign"),
        Entered("on_hold", Day(2026, 3, 10), "hold"),
    ]
    [paused] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 3, 20))
    assert paused.paused
    assert paused.day == Day(2026, 3, 2) + dt.timedelta(days=100)
    history.append(Entered("investigating", Day(2026, 3, 20), "resume"))
    [resumed] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 5, 1))
    assert not resumed.paused
    assert resumed.day == paused.day


def test_a_hold_ends_on_its_day_without_being_resumed() -> None:
    history = [
        Entered("open", Day(2026, 3, 2), "approve_opening"),
        Entered("investigating", Day(2026, 3, 3), "assign"),
        Entered("on_hold", Day(2026, 3, 10), "hold", Day(2026, 3, 20)),
        Entered("on_hold", Day(2026, 3, 12), "note"),
    ]
    [within] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 3, 15))
    assert within.paused
    assert within.day == Day(2026, 3, 2) + dt.timedelta(days=95)
    [later] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 9, 1))
    assert not later.paused
    assert later.day == Day(2026, 3, 2) + dt.timedelta(days=100)
    assert later.overdue


def test_a_clock_that_ended_on_a_saturday_is_over_on_sunday() -> None:
    history = [Entered("open", Day(2026, 8, 30), "approve_opening")]
    [last] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 11, 28))
    assert last.day == Day(2026, 11, 28)  # a Saturday
    assert not last.overdue
    [over] = deadlines(life_cycle("case"), history, calendar(), Day(2026, 11, 29))
    assert over.left == 0
    assert over.overdue


def test_the_review_of_findings_has_its_own_clock_and_comes_first() -> None:
    history = [
        Entered("open", Day(2026, 11, 2), "approve_opening"),
        Entered("investigating", Day(2026, 11, 3), "assign"),
        Entered("findings_drafted", Day(2026, 11, 9), "draft_findings"),
    ]
    clocks = deadlines(life_cycle("case"), history, calendar(), Day(2026, 11, 9))
    assert [deadline.clock for deadline in clocks] == ["review", "case_limit"]
    assert clocks[0].day == Day(2026, 11, 23)
    assert clocks[0].left == 10


def test_no_clock_runs_on_an_alert_or_before_an_opening() -> None:
    assert (
        deadlines(life_cycle("alert"), [Entered("new", Day(2026, 1, 5))], calendar(), Day(2026, 2, 1)) == ()
    )
    opening = [Entered("opening_proposed", Day(2026, 1, 5))]
    assert deadlines(life_cycle("case"), opening, calendar(), Day(2026, 2, 1)) == ()
    assert deadlines(life_cycle("case"), [], calendar(), Day(2026, 2, 1)) == ()
