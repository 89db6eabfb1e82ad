"""All users as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.account_views.words import districts_text, state_text
from dashboard.markup import chip, styled, table
from dashboard.wording import figures, label, t, time_text
from detection.store.accounts.records import UserOverview

_COLUMNS = ("name", "display_name", "role", "districts", "state", "way", "sessions", "last")


def draw_users(users: Sequence[UserOverview]) -> None:
    """One row for each user, by name."""
    table([t(f"users.column.{name}") for name in _COLUMNS], [_cells(each) for each in users], numeric=(6,))


def _cells(overview: UserOverview) -> list[str]:
    user = overview.user
    ways = [t("users.way.password")] * (user.password_hash is not None)
    ways += [t("users.way.provider")] * (user.issuer is not None)
    return [
        styled(user.name, "mono"),
        user.display_name,
        label("role", user.role),
        districts_text(user.districts),
        chip(state_text(overview), "fw-broken" if user.disabled_at else ""),
        t("separator").join(ways) or "–",
        figures().count(overview.open_sessions),
        styled(time_text(overview.last_sign_in) if overview.last_sign_in else t("users.never"), "nowrap"),
    ]
