"""Subjects that have a page, and the ties between them that a run writes down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Care = Literal["any", "pharmacy", "other"]
"""Which settlements a tie rests on: all, those at pharmacies, or all others."""


@dataclass(frozen=True)
class Tie:
    """Whom a kind of subject shares settlements with.

    Attributes:
        name: of the list on the page, and of its file.
        kind: of those listed.
        column: of the settlements that holds their ids.
        care: which settlements count.
    """

    name: str
    kind: str
    column: str
    care: Care = "any"


_PATIENTS = Tie("patients", "person", "person_id")
_INSTITUTIONS = Tie("institutions", "provider", "provider_id")
_PRESCRIBERS = Tie("prescribers", "prescriber", "prescriber_id")

TIES: dict[str, tuple[Tie, ...]] = {
    "provider": (_PATIENTS, _PRESCRIBERS, Tie("operators", "operator", "operator_id")),
    "person": (_INSTITUTIONS, _PRESCRIBERS, Tie("accounts", "payer_account", "mutual_aid_payer_id")),
    "payer_account": (Tie("users", "person", "person_id"), _INSTITUTIONS),
    "employer": (Tie("employees", "person", "person_id"), _INSTITUTIONS),
    "prescriber": (
        Tie("institutions", "provider", "provider_id", "other"),
        Tie("pharmacies", "provider", "provider_id", "pharmacy"),
        _PATIENTS,
    ),
    "operator": (_INSTITUTIONS, _PATIENTS),
}
"""The ties of each kind of subject, in the order of its page."""

KINDS = tuple(TIES)
"""Kinds of subjects that have a page."""


def tie_named(kind: str, name: str) -> Tie:
    """A tie of a kind of subject.

    Raises:
        KeyError: it has none of this name.
    """
    return {tie.name: tie for tie in TIES[kind]}[name]
