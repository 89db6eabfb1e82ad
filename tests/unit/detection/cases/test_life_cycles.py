"""The declared life cycles are whole, and no person or model gets anywhere alone that needs two."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.cases.codes import codes
from detection.cases.life_cycle import EVERY_STATE, KINDS, ROLES, Kind, LifeCycle, Role, life_cycle
from detection.cases.moves import Act, Actor, Done, MoveRefusedError, Standing, after, open_to, refusals

TODAY = dt.date(2026, 11, 30)
PAIR = frozenset({"wang", "li"})
PEOPLE = ("wang", "li", "zhao", "chen", "sun")


def willing(cycle: LifeCycle, name: str) -> Act:
    """A move with all that a person could write."""
    of_move = codes().of(cycle.move[name].codes)
    code = of_move[0] if of_move else ""
    return Act(
        name,
        TODAY,
        reason="as the file says",
        code=code,
        until=TODAY + dt.timedelta(days=30),
        document="2026-17",
        document_day=TODAY,
        inspectors=PAIR if {"inspectors", "recusal"} & set(cycle.move[name].requires) else frozenset(),
    )


def moved(cycle: LifeCycle, standing: Standing, actor: Actor, name: str) -> Standing | None:
    """Where the thing stands after a move; None where it is refused."""
    act = willing(cycle, name)
    if refusals(cycle, standing, actor, act):
        return None
    assigns = "inspectors" in cycle.move[name].requires
    return replace(
        standing,
        state=after(cycle, standing, actor, act),
        past=(*standing.past, Done(name, actor.name)),
        recused=standing.recused | (act.inspectors if name == "declare_recusal" else frozenset()),
        inspectors=act.inspectors if assigns else standing.inspectors,
        track=act.code if cycle.move[name].codes == "track" else standing.track,
    )


def beginning(kind: Kind, creator: str) -> Standing:
    cycle = life_cycle(kind)
    made = [Done(cycle.beginning.move, creator)] if cycle.beginning else []
    return Standing(cycle.first, tuple(made), inspectors=PAIR)


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_of_a_life_cycle_is_declared(kind: Kind) -> None:
    cycle = life_cycle(kind)
    assert cycle.first in cycle.state
    assert len(cycle.move) > 1
    for name, move in cycle.move.items():
        assert set(move.start) <= {*cycle.state, EVERY_STATE}, name
        assert not move.to or move.to in cycle.state, name
        assert set(move.not_by) <= {*cycle.move, *([cycle.beginning.move] if cycle.beginning else [])}, name
        assert set(move.tracks) <= set(codes().of("track")), name
        assert not move.codes or codes().of(move.codes), name
        assert ("code" in move.requires) is bool(move.codes), name
        assert not move.extends or move.extends in cycle.clock, name
    for state in cycle.state.values():
        assert set(state.clocks) <= set(cycle.clock)


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_can_be_reached(kind: Kind) -> None:
    cycle = life_cycle(kind)
    reached = {cycle.first}
    for _ in cycle.state:
        reached |= {move.to for move in cycle.move.values() if move.to and reached & set(move.start)}
    assert reached == set(cycle.state)


@pytest.mark.parametrize("kind", KINDS)
def test_no_move_is_the_administrators_readers_or_auditors(kind: Kind) -> None:
    for name, move in life_cycle(kind).move.items():
        assert not {"administrator", "reader", "auditor"} & set(move.roles), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("assigned", [True, False])
def test_one_person_in_all_roles_reaches_no_final_disposition(kind: Kind, assigned: bool) -> None:
    cycle = life_cycle(kind)
    start = replace(
        beginning(kind, "wang"), inspectors=frozenset({"wang", "li"} if assigned else {"li", "sun"})
    )
    opened = replace(start, state="open", track="agreement", past=(Done("propose_opening", "li"),))
    seen: set[object] = set()
    left = [start, opened] if kind == "case" else [start]
    while left:
        standing = left.pop()
        key = (standing.state, frozenset(standing.past), standing.track, standing.inspectors)
        if key in seen:
            continue
        seen.add(key)
        assert not cycle.state[standing.state].final
        moves = [
            moved(cycle, standing, Actor("wang", role), name)
            for role in ROLES
            for name in cycle.moves_from(standing.state)
        ]
        left += [each for each in moves if each is not None and len(set(each.past)) == len(each.past)]
    assert len(seen) > {"audit": 0, "suppression": 1}.get(kind, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_alone_moves_nothing(kind: Kind) -> None:
    cycle = life_cycle(kind)
    tried = 0
    for state in cycle.state:
        for name in cycle.moves_from(state):
            standing = replace(beginning(kind, "li"), state=state, track="agreement", second_review=False)
            assert refusals(cycle, standing, Actor("scores", "inspector", "model"), willing(cycle, name))
            tried += 1
    assert tried > 1


@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ROLES), st.integers(0, 40)), max_size=60),
)
def test_whatever_people_try_only_declared_states_are_reached_and_final_ones_by_two(
    kind: Kind, tries: list[tuple[str, Role, int]]
) -> None:
    cycle = life_cycle(kind)
    standing = beginning(kind, "wang")
    names = sorted(cycle.move)
    for person, role, number in tries:
        actor = Actor(person, role)
        name = names[number % len(names)]
        later = moved(cycle, standing, actor, name)
        if later is None:
            with pytest.raises(MoveRefusedError):
                after(cycle, standing, actor, willing(cycle, name))
            continue
        assert cycle.move[name].starts_from(standing.state)
        assert later.state in cycle.state
        standing = later
        if cycle.state[standing.state].final:
            assert len({done.actor for done in standing.past}) >= 2


def test_an_ordinary_case_reaches_its_end_by_four_people() -> None:
    cycle, standing = life_cycle("case"), beginning("case", "wang")
    steps: list[tuple[str, Role, str]] = [
        ("zhao", "supervisor", "approve_opening"),
        ("zhao", "supervisor", "assign"),
        ("wang", "inspector", "draft_findings"),
        ("chen", "reviewer", "review_findings"),
        ("li", "inspector", "request_statement"),
        ("li", "inspector", "record_statement"),
        ("wang", "inspector", "propose_disposition"),
        ("zhao", "supervisor", "approve_disposition"),
        ("sun", "director", "approve_finally"),
        ("wang", "inspector", "recover"),
        ("zhao", "supervisor", "close"),
        ("chen", "reviewer", "look_back"),
    ]
    for person, role, name in steps:
        actor = Actor(person, role)
        assert name in open_to(cycle, standing, actor)
        later = moved(cycle, standing, actor, name)
        assert later is not None, refusals(cycle, standing, actor, willing(cycle, name))
        standing = later
    assert standing.state == "looked_back"


def test_only_moves_that_fit_a_persons_part_in_the_case_are_open_to_them() -> None:
    cycle = life_cycle("case")
    running = Standing("investigating", inspectors=PAIR, track="agreement")
    assert "draft_findings" in open_to(cycle, running, Actor("wang", "inspector"))
    assert set(open_to(cycle, running, Actor("he", "inspector"))) == {"note", "declare_recusal"}
    drafted = replace(running, state="findings_drafted")
    assert "review_findings" in open_to(cycle, drafted, Actor("chen", "reviewer"))
    assert "review_findings" not in open_to(cycle, drafted, Actor("li", "reviewer"))


def test_all_reasons_against_a_move_are_given_at_once() -> None:
    standing = Standing(
        "disposition_approved",
        (Done("draft_findings", "wang"),),
        inspectors=PAIR,
        recused=frozenset({"wang"}),
    )
    problems = refusals(
        life_cycle("case"), standing, Actor("wang", "inspector"), Act("approve_finally", TODAY, ".")
    )
    assert [problem.template.split("{")[0] for problem in problems] == [
        "The role ",
        "",
        "Another person must do it: ",
        "It needs a reason of at least ",
        "",
    ]
    assert "wang is recused." in problems
    assert "wang is an inspector of it." in problems


def test_a_recused_person_is_not_assigned_and_pauses_need_an_end() -> None:
    cycle = life_cycle("case")
    standing = Standing("open", recused=frozenset({"li"}), track="agreement")
    [problem] = refusals(
        cycle,
        standing,
        Actor("zhao", "supervisor"),
        Act("assign", TODAY, inspectors=frozenset({"li", "sun"})),
    )
    assert problem == "Recused, and not to be assigned: li."
    hold = Act("hold", TODAY, "a raid is planned", "do_not_contact", until=TODAY)
    standing = replace(standing, state="investigating", inspectors=PAIR)
    assert refusals(cycle, standing, Actor("wang", "inspector"), hold) == (
        "It needs a later day on which it ends.",
    )


def test_a_notice_belongs_to_the_penalty_track_and_needs_its_number() -> None:
    cycle = life_cycle("case")
    standing = Standing("findings_reviewed", inspectors=PAIR, track="agreement")
    problems = refusals(cycle, standing, Actor("wang", "inspector"), Act("serve_notice", TODAY))
    assert problems == (
        "It belongs to another track: penalty.",
        "It needs the number of a document and its day, which is not later than today.",
    )


def test_a_small_alert_outside_the_sample_is_dismissed_by_one_person() -> None:
    cycle = life_cycle("alert")
    act = Act("dismiss_small", TODAY, "their nursing home", "legitimate_explained/nursing_home")
    small = Standing("triaged", second_review=False)
    assert after(cycle, small, Actor("wang", "inspector"), act) == "dismissed"
    with pytest.raises(MoveRefusedError, match="second person"):
        after(cycle, replace(small, second_review=True), Actor("wang", "inspector"), act)


def test_a_case_is_not_closed_while_money_is_unsettled() -> None:
    standing = Standing("recovering", inspectors=PAIR, unsettled=1)
    close = Act("close", TODAY, "all has been paid")
    problems = refusals(life_cycle("case"), standing, Actor("zhao", "supervisor"), close)
    assert problems == ("What is upheld and what was received differ.",)


def test_who_recorded_money_does_not_close_the_case_and_upheld_money_is_not_forgotten() -> None:
    standing = Standing("recovering", (Done("record_money", "zhao"),), inspectors=PAIR, lacks_upheld=True)
    close = Act("close", TODAY, "all has been paid")
    problems = refusals(life_cycle("case"), standing, Actor("zhao", "supervisor"), close)
    assert problems == (
        "Another person must do it: zhao did record_money.",
        "Its disposition asks for money, and none is entered as upheld.",
    )
    done = replace(standing, lacks_upheld=False)
    assert after(life_cycle("case"), done, Actor("sun", "director"), close) == "closed"


def test_who_had_a_part_in_a_dismissal_does_not_audit_it() -> None:
    cycle, result = life_cycle("audit"), Act("record_result", TODAY, "looked at anew", "nothing_missed")
    standing = Standing("waiting", (Done("dismiss", "wang"), Done("dismiss", "chen")))
    for name in ("wang", "chen"):
        [problem] = refusals(cycle, standing, Actor(name, "reviewer"), result)
        assert "Another person must do it" in problem
    assert after(cycle, standing, Actor("zhao", "supervisor"), result) == "completed"
    assert refusals(cycle, standing, Actor("zhao", "inspector"), result)


def test_a_working_status_is_exported_by_the_contracts_word() -> None:
    cycle = life_cycle("alert")
    assert {state: cycle.shown_as(state) for state in ("need_data", "proposed", "dismissed")} == {
        "need_data": "triaged",
        "proposed": "triaged",
        "dismissed": "dismissed",
    }
