"""What members of a group are called on its page: a number, and what is recorded that some of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.wording import t
from detection.store.queries.network import Network

RECORDED = ("recorded_relatives", "same_employer")


@dataclass(frozen=True)
class Member:
    """A member: number in the order of the matrix, and its circles of relatives and colleagues in words."""

    number: int
    circles: tuple[str, ...]


def members_of(network: Network) -> dict[str, Member]:
    """The members by pseudonym."""
    circles: dict[str, list[str]] = {person: [] for person in network.people}
    for relation in RECORDED:
        for person, number in _circles(network, relation).items():
            circles[person].append(t(f"network.circle.{relation}", n=number))
    return {
        person: Member(number, tuple(circles[person]))
        for number, person in enumerate(network.people, start=1)
    }


def _circles(network: Network, relation: str) -> Mapping[str, int]:
    """Number of the circle of people whom a recorded relation ties, for those who have one."""
    ties = [(edge.a, edge.b) for edge in network.edges if edge.relation == relation]
    circle = {person: person for pair in ties for person in pair}
    for first, second in ties:
        joined, kept = circle[second], circle[first]
        circle = {person: kept if own == joined else own for person, own in circle.items()}
    numbers = {
        name: number
        for number, name in enumerate(
            dict.fromkeys(circle[person] for person in network.people if person in circle), start=1
        )
    }
    return {person: numbers[name] for person, name in circle.items()}
