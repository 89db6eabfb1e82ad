"""Which task of the manual a page belongs to, so that each page leads to its part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.manual.reading import ROLES
from detection.accounts.rights import Role

_AUDITOR, _SUPERVISOR, _ADMINISTRATOR = ROLES
OF_ROLE: Mapping[Role, str] = {
    Role.supervisor: _SUPERVISOR,
    Role.director: _SUPERVISOR,
    Role.administrator: _ADMINISTRATOR,
}
"""The manual of a role; that of auditors is everybody else's."""


@dataclass(frozen=True)
class Place:
    """A task in the manual of a role; the beginning of that manual where there is no task."""

    part: str
    task: str = ""


_INDICATORS = (Place(_AUDITOR, "indicator"), Place(_SUPERVISOR, "indicators"))
_PLACES: Mapping[str, tuple[Place, ...]] = {
    "home": (Place(_AUDITOR, "institution-pattern"),),
    "alerts": (Place(_AUDITOR, "district-list"), Place(_SUPERVISOR, "reopen")),
    "risk": (Place(_AUDITOR, "institution-pattern"),),
    "work": (Place(_AUDITOR, "tasks"), Place(_SUPERVISOR, "due")),
    "packets": (Place(_AUDITOR, "packet"),),
    "leads": (Place(_SUPERVISOR, "outside-leads"),),
    "packet": (Place(_AUDITOR, "packet"), Place(_SUPERVISOR, "suppression")),
    "case": (Place(_AUDITOR, "findings"), Place(_SUPERVISOR, "review")),
    "recovery": (Place(_SUPERVISOR, "recovery"),),
    "alert": (Place(_AUDITOR, "institution-pattern"),),
    "network": (Place(_AUDITOR, "group"),),
    "family": (Place(_AUDITOR, "account-users"),),
    "participation": _INDICATORS,
    "benefit": _INDICATORS,
    "accounts": _INDICATORS,
    "family_aid": _INDICATORS,
    "fund_risk": _INDICATORS,
    "awareness": _INDICATORS,
    "institution": (Place(_AUDITOR, "institution-pattern"),),
    "person": (Place(_AUDITOR, "death"),),
    "account": (Place(_AUDITOR, "account-users"),),
    "employer": (Place(_AUDITOR, "employer"),),
    "prescriber": (Place(_AUDITOR, "prescriber"),),
    "operator": (Place(_AUDITOR, "operator"),),
    "search": (Place(_AUDITOR, "settlement"),),
    "methods": (Place(_AUDITOR, "not-assessed"),),
    "data": (Place(_AUDITOR, "not-assessed"), Place(_ADMINISTRATOR, "monthly-run")),
    "audit": (Place(_SUPERVISOR, "audit-log"), Place(_ADMINISTRATOR, "audit-log")),
    "users": (Place(_ADMINISTRATOR, "users-page"),),
    "my_account": (Place(_AUDITOR, "own-password"),),
    "start": (Place(_ADMINISTRATOR, "start"),),
}
"""The tasks of each page; the first is everybody's whose own manual has none."""


def place_of(page: str, role: Role) -> Place | None:
    """Where the manual describes a page: in the reader's own part if it does so there.

    Returns:
        None for the manual itself, and for addresses that are no page.
    """
    places = _PLACES.get(page, ())
    own = OF_ROLE.get(role, _AUDITOR)
    return next((place for place in places if place.part == own), places[0] if places else None)
