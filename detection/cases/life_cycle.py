"""The life cycles of alerts, leads, cases and suppressions as life_cycles.toml declares them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from features.dated import TomlModel

Role = Literal["reader", "inspector", "reviewer", "supervisor", "director", "auditor", "administrator"]
"""What an account may be; an administrator has no rights on cases."""
ActorKind = Literal["person", "run", "model"]
"""Who acts: a person, a run of the detectors, or a model alone."""
Requirement = Literal[
    "reason", "code", "until", "document", "inspectors", "two_inspectors", "assigned", "not_assigned",
    "assigned_or_supervisor", "no_second_review", "settled", "first_time", "recusal",
    "within_longest", "not_over", "enclosed", "within_snooze", "carried_out",
]  # fmt: skip
"""What a move requires.

``reason``: words of a least length; ``code``: one of the move's list; ``until``: a later day; ``within_longest``: not
too late a day; ``within_snooze``: not too long a snooze; ``not_over``: the suppression's last day is to come;
``carried_out``: a suppression or a case that people decided says so; ``document``: number and day of a paper of the
bureau; ``inspectors``: the move names two people, none of them recused; ``two_inspectors``: the case has them;
``assigned``: the actor is one of them; ``not_assigned``: is none of them; ``assigned_or_supervisor``: is one, or acts
as supervisor; ``no_second_review``: the alert is small and not in the sample; ``settled``: what was received
is what is upheld, and some is upheld where the disposition asks for it; ``first_time``: the move was not made before;
``recusal``: it names the actor, or the actor is supervisor or director; ``enclosed``: what it records
comes with it (a task, a file, another case), so that it is not made alone.
"""
Kind = Literal["alert", "lead", "case", "suppression", "audit"]
EVERY_STATE = "*"
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)


class Clock(TomlModel):
    """A time limit: ``days`` of its unit from the first state that has it; ``extension`` is added by a move."""

    days: int
    extension: int
    unit: Literal["working_days", "days"]
    source: str
    start: dt.date = Field(alias="from")


class State(TomlModel):
    """A state: its clocks, whether it pauses them, is a final disposition, frees the packet; the contract's word.

    ``open``: an alert in it asks for somebody's attention.
    """

    clocks: list[str] = Field(default=[])
    pauses: bool = False
    final: bool = False
    open: bool = False
    ends: bool = False
    shown_as: str = ""


class Move(TomlModel):
    """A move: see the head of life_cycles.toml."""

    start: list[str] = Field(alias="from")
    to: str = ""
    roles: list[Role]
    actors: list[ActorKind] = Field(default=["person"])
    requires: list[Requirement] = Field(default=[])
    codes: str = ""
    not_by: list[str] = Field(default=[])
    tracks: list[str] = Field(default=[])
    extends: str = ""

    def starts_from(self, state: str) -> bool:
        """Whether it can be made in a state."""
        return state in self.start or EVERY_STATE in self.start


class Beginning(TomlModel):
    """How a lead, a case or a suppression begins: the name of that move, who may make it, and what it requires."""

    move: str
    roles: list[Role]
    actors: list[ActorKind] = Field(default=["person"])
    requires: list[Requirement] = Field(default=["reason"])
    codes: str = ""


class LifeCycle(TomlModel):
    """States, moves, records and clocks of one kind of thing by name; ``first`` is the state that it begins in.

    A record is an act that has rules like a move, leaves the state as it is, and has a form of its own.
    """

    kind: Kind
    first: str
    beginning: Beginning | None = None
    state: dict[str, State]
    move: dict[str, Move]
    record: dict[str, Move] = Field(default={})
    clock: dict[str, Clock] = Field(default={})

    def moves_from(self, state: str) -> Mapping[str, Move]:
        """The moves that leave a state."""
        return {name: move for name, move in self.move.items() if move.starts_from(state)}

    def rules(self, name: str) -> Move | None:
        """The rules of a move or a record; None where there is none of this name."""
        return self.move.get(name) or self.record.get(name)

    def after(self, state: str, name: str) -> str:
        """The state to which a move leads from a state that it starts from; a record leaves it."""
        rules = self.rules(name)
        return (rules.to if rules else "") or state

    def shown_as(self, state: str) -> str:
        """The contract's word for a state."""
        return self.state[state].shown_as or state


class LifeCyclesFile(TomlModel):
    """The content of life_cycles.toml: the life cycles by a name of their own."""

    cycle: dict[str, LifeCycle]


@cache
def life_cycle(kind: Kind) -> LifeCycle:
    """The life cycle of a kind of thing.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = Path(__file__).with_name("life_cycles.toml").read_text(encoding="utf-8")
    cycles = LifeCyclesFile.model_validate(tomllib.loads(text)).cycle.values()
    return {cycle.kind: cycle for cycle in cycles}[kind]


@cache
def running_states() -> tuple[str, ...]:
    """States of leads and cases that have not ended."""
    kinds: tuple[Kind, ...] = ("lead", "case")
    return tuple(sorted({name for kind in kinds for name in life_cycle(kind).state} - set(ended_states())))


@cache
def ended_states() -> tuple[str, ...]:
    """States of leads and cases after which their packet is free again."""
    kinds: tuple[Kind, ...] = ("lead", "case")
    return tuple(
        sorted(name for kind in kinds for name, state in life_cycle(kind).state.items() if state.ends)
    )
