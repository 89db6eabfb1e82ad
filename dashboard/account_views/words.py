"""Districts and states of users in the reader's language, and districts as they are typed."""

from __future__ import annotations

import re

from dashboard.session import now
from dashboard.wording import label, t, time_text
from detection.accounts.rights import USER_ROLES, Role
from detection.accounts.sessions import waits_until
from detection.accounts.users import account_source
from detection.store.accounts.records import UserOverview

ALL = "all"
"""What is typed for all districts, as at the command line."""


def districts_text(districts: tuple[str, ...] | None) -> str:
    """The names of districts, each with its code."""
    if districts is None:
        return t("users.all")
    return t("separator").join(_district(code) for code in districts)


def districts_of(typed: str) -> tuple[str, ...] | None:
    """Codes with commas, spaces or line ends between them; None for all."""
    codes = tuple(sorted({code for code in re.split(r"[\s,，、;；]+", typed) if code}))
    return None if [code.casefold() for code in codes] in ([ALL], [t("users.all")]) else codes


def role_names() -> dict[Role, str]:
    """The names of the roles that a user may have."""
    return {role: label("role", role.value) for role in USER_ROLES}


def state_text(overview: UserOverview) -> str:
    """Whether a user can sign in."""
    if overview.user.disabled_at is not None:
        return t("users.locked", at=time_text(overview.user.disabled_at))
    failures = overview.failures
    wait = failures and waits_until(account_source(overview.user.name), failures, now())
    if wait:
        return t("users.waits", until=time_text(wait))
    given = overview.user.password_given_at
    return t("users.given", at=time_text(given)) if given else t("users.open")


def _district(code: str) -> str:
    name = label("district", code)
    return name if name == code else f"{name} {code}"
