"""What is allowed: a move from where a thing stands, with all reasons against it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detection.cases.codes import codes
from detection.cases.life_cycle import LifeCycle, Move, Requirement
from detection.cases.limits import limits
from detection.cases.standing import Act, Actor, Done, Standing
from features.errors import UsageError
from features.message import Code, Message

__all__ = [
    "Act",
    "Actor",
    "Done",
    "MoveRefusedError",
    "Standing",
    "after",
    "begin",
    "may_record",
    "open_to",
    "refusals",
]


class MoveRefusedError(UsageError):
    """A move is not allowed; ``problems`` has every reason."""


def refusals(cycle: LifeCycle, standing: Standing, actor: Actor, act: Act) -> tuple[Message, ...]:
    """Everything that speaks against a move; empty where it is allowed.

    Args:
        cycle: of the thing.
        standing: where it stands.
        actor: who wants to move it.
        act: the move.
    """
    move = cycle.rules(act.move)
    if move is None:
        return (
            Message(
                "There is no move {move}: use one of {names}.",
                move=act.move,
                names=_codes("move", [*cycle.move]),
            ),
        )
    problems = [*_start(cycle, standing, move), *_actor(standing, actor, move)]
    for requirement in move.requires:
        problem = _CHECKS[requirement](_Request(standing, actor, act, move))
        problems += [problem] if problem else []
    if act.inspectors and not _NAMING.intersection(move.requires):
        problems.append(Message("This move names no people."))
    return tuple(problems)


def after(cycle: LifeCycle, standing: Standing, actor: Actor, act: Act) -> str:
    """The state after a move.

    Raises:
        MoveRefusedError: it is not allowed.
    """
    problems = refusals(cycle, standing, actor, act)
    if problems:
        raise MoveRefusedError(
            "The move {move} is not possible.",
            next_step="see what it requires, and who may do it",
            problems=problems,
            move=Code("move", act.move),
        )
    return cycle.after(standing.state, act.move)


def begin(cycle: LifeCycle, actor: Actor, act: Act) -> str:
    """The state in which a lead, a case or a suppression begins.

    Raises:
        MoveRefusedError: the actor may not begin one, or gives no reason.
    """
    if cycle.beginning is None:
        raise ValueError(cycle.kind)
    begins = cycle.beginning
    rules = {"from": [cycle.first], **begins.model_dump(exclude={"move"})}
    first = cycle.model_copy(update={"move": {act.move: Move.model_validate(rules)}})
    return after(first, Standing(cycle.first), actor, act)


def open_to(cycle: LifeCycle, standing: Standing, actor: Actor) -> tuple[str, ...]:
    """The moves that an actor may make from here, what they write aside; those with a form of their own aside."""
    return tuple(
        name
        for name, move in cycle.moves_from(standing.state).items()
        if not _actor(standing, actor, move)
        and "enclosed" not in move.requires
        and (not move.tracks or standing.track in move.tracks)
        and not _part(_Request(standing, actor, Act(name, dt.date.min), move))
    )


def may_record(cycle: LifeCycle, standing: Standing, actor: Actor, name: str) -> bool:
    """Whether an actor may make a record, or a move that has a form of its own, from here, what they write aside."""
    rules = cycle.rules(name)
    if rules is None or not rules.starts_from(standing.state):
        return False
    return not _actor(standing, actor, rules) and not _part(
        _Request(standing, actor, Act(name, dt.date.min), rules)
    )


def _part(request: _Request) -> list[Message]:
    """What speaks against a person by their part in the case."""
    problems = [_CHECKS[need](request) for need in request.move.requires if need in _OF_PART]
    return [problem for problem in problems if problem]


@dataclass(frozen=True)
class _Request:
    standing: Standing
    actor: Actor
    act: Act
    move: Move


def _start(cycle: LifeCycle, standing: Standing, move: Move) -> list[Message]:
    problems = []
    if not move.starts_from(standing.state):
        problems.append(
            Message(
                "From {state} it cannot be done; it is done from {names}.",
                state=Code(f"{cycle.kind}_state", standing.state),
                names=_codes(f"{cycle.kind}_state", move.start),
            )
        )
    if move.tracks and standing.track not in move.tracks:
        problems.append(Message("It belongs to another track: {names}.", names=_codes("track", move.tracks)))
    return problems


def _actor(standing: Standing, actor: Actor, move: Move) -> list[Message]:
    """What speaks against this person, whatever they write."""
    if actor.kind not in move.actors:
        return [Message("A {kind} alone may not do it.", kind=Code("actor", actor.kind))]
    if actor.kind != "person":
        return []
    problems = []
    if actor.role not in move.roles:
        problems.append(
            Message(
                "The role {role} may not do it: it is for {names}.",
                role=Code("role", actor.role),
                names=_codes("role", move.roles),
            )
        )
    if actor.name in standing.recused:
        problems.append(Message("{name} is recused.", name=actor.name))
    earlier = [done.move for done in standing.past if done.actor == actor.name and done.move in move.not_by]
    if earlier:
        problems.append(
            Message(
                "Another person must do it: {name} did {names}.",
                name=actor.name,
                names=_codes("move", sorted(set(earlier))),
            )
        )
    return problems


def _reason(request: _Request) -> Message | None:
    least = limits().shortest_reason
    if len(request.act.reason.strip()) < least:
        return Message("It needs a reason of at least {least} characters.", least=least)
    return None


def _code(request: _Request) -> Message | None:
    known, group = codes().of(request.move.codes), codes().group(request.move.codes)
    if request.act.code in known:
        return None
    return Message("It needs a code, one of {names}.", names=_codes(group, known))


def _until(request: _Request) -> Message | None:
    until = request.act.until
    return None if until and until > request.act.on else Message("It needs a later day on which it ends.")


def _within_longest(request: _Request) -> Message | None:
    until, most = request.act.until, limits().longest_suppression
    too_long = until is not None and (until - request.act.on).days > most
    return Message("It lasts {most} days at most.", most=most) if too_long else None


def _within_snooze(request: _Request) -> Message | None:
    until, most = request.act.until, limits().longest_snooze
    too_long = until is not None and (until - request.act.on).days > most
    return Message("It lasts {most} days at most.", most=most) if too_long else None


def _carried_out(request: _Request) -> Message | None:
    done = request.standing.carries_out
    return None if done else Message("A suppression or a case does it, and nobody by itself.")


def _not_over(request: _Request) -> Message | None:
    ends = request.standing.ends
    over = ends is not None and ends <= request.act.on
    return Message("Its last day is over: propose it anew.") if over else None


def _document(request: _Request) -> Message | None:
    act = request.act
    if act.document.strip() and act.document_day and act.document_day <= act.on:
        return None
    return Message("It needs the number of a document and its day, which is not later than today.")


def _inspectors(request: _Request) -> Message | None:
    named = request.act.inspectors
    refused = sorted(named & request.standing.recused)
    if refused:
        return Message("Recused, and not to be assigned: {names}.", names=refused)
    return None if len(named) >= _TWO else Message("It needs two inspectors.")


def _two_inspectors(request: _Request) -> Message | None:
    able = request.standing.inspectors - request.standing.recused
    return None if len(able) >= _TWO else Message("Two inspectors must be assigned.")


def _assigned(request: _Request) -> Message | None:
    named = request.actor.name in request.standing.inspectors
    return None if named else Message("{name} is not assigned to it.", name=request.actor.name)


def _not_assigned(request: _Request) -> Message | None:
    named = request.actor.name in request.standing.inspectors
    return Message("{name} is an inspector of it.", name=request.actor.name) if named else None


def _assigned_or_supervisor(request: _Request) -> Message | None:
    return None if request.actor.role == "supervisor" else _assigned(request)


def _no_second_review(request: _Request) -> Message | None:
    return Message("A second person must review this dismissal.") if request.standing.second_review else None


def _settled(request: _Request) -> Message | None:
    if request.standing.lacks_upheld:
        return Message("Its disposition asks for money, and none is entered as upheld.")
    return Message("What is upheld and what was received differ.") if request.standing.unsettled else None


def _recusal(request: _Request) -> Message | None:
    own = request.act.inspectors == {request.actor.name}
    allowed = own or (request.act.inspectors and request.actor.role in ("supervisor", "director"))
    return None if allowed else Message("A recusal is declared by oneself, or by a supervisor.")


def _enclosed(request: _Request) -> Message | None:
    return None if request.act.enclosed else Message("It has a form and a command of its own.")


def _first_time(request: _Request) -> Message | None:
    made = any(done.move == request.act.move for done in request.standing.past)
    return Message("It was done before, and is done once only.") if made else None


def _codes(group: str, names: Sequence[str]) -> list[Code]:
    return [Code(group, name) for name in names]


_TWO = 2
_OF_PART = frozenset({"assigned", "not_assigned", "assigned_or_supervisor", "carried_out"})
_NAMING = frozenset({"inspectors", "recusal"})
_CHECKS: Mapping[Requirement, Callable[[_Request], Message | None]] = {
    "reason": _reason,
    "code": _code,
    "until": _until,
    "within_longest": _within_longest,
    "not_over": _not_over,
    "within_snooze": _within_snooze,
    "carried_out": _carried_out,
    "document": _document,
    "inspectors": _inspectors,
    "two_inspectors": _two_inspectors,
    "assigned": _assigned,
    "not_assigned": _not_assigned,
    "assigned_or_supervisor": _assigned_or_supervisor,
    "no_second_review": _no_second_review,
    "settled": _settled,
    "first_time": _first_time,
    "recusal": _recusal,
    "enclosed": _enclosed,
}
