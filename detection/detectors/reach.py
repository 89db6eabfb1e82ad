"""What a hit of a detector rests on: which delivered rows can change it.

A detector that declares its reach (``reach = of_settlement(...)`` in its module) is run on what a delivery touched
alone, and hits of an earlier run stand for the rest (`detection.increment.hits`). One that declares none is run on
everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SETTLEMENTS, LINES = "settlements", "charge_lines"
PERSON, PROVIDER = ("person_id", "mutual_aid_payer_id"), ("provider_id",)
REGISTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "persons": ("person_id", PERSON),
    "enrolments": ("person_id", PERSON),
    "contributions": ("person_id", PERSON),
    "programme_registrations": ("person_id", PERSON),
    "providers": ("provider_id", PROVIDER),
    "provider_status": ("provider_id", PROVIDER),
}
"""Registers that a reach may name: the column that says whose a row is, and those of settlements that name the same."""


@dataclass(frozen=True)
class Reach:
    """The rows that decide about one settlement.

    These are the settlement itself, the settlements that take it back or that it takes back, and of the tables of
    ``reads`` the rows of these settlements, of their persons, of the payers of their mutual aid, and of their
    providers.

    Attributes:
        reads: names of the tables that the detector reads; no other may be read.
    """

    reads: frozenset[str]


def of_settlement(*reads: str) -> Reach:
    """The reach of a detector whose hits about a settlement rest on that settlement, and on registers.

    Args:
        reads: tables that it reads besides settlements: ``charge_lines``, and those of `REGISTERS`.

    Raises:
        ValueError: a table of which it is not known whose rows decide about a settlement.
    """
    unknown = sorted(set(reads) - {LINES, *REGISTERS})
    if unknown:
        msg = f"rows of {unknown} do not belong to one settlement, person or provider"
        raise ValueError(msg)
    return Reach(frozenset({SETTLEMENTS, *reads}))
