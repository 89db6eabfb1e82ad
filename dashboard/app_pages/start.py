"""What those see first whose role has no cases."""

from __future__ import annotations

from dashboard.markup import empty_state, heading, join
from dashboard.navigation import link
from dashboard.session import actor
from dashboard.wording import label, t


def main() -> None:
    """Draw the page."""
    heading(t("nav.start"), "")
    text = join([t("start.text"), link(t("nav.users"), "users")], " ")
    empty_state(t("start.title", role=label("role", actor().role.value)), text)


main()
