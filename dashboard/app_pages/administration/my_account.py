"""My account: as what am I signed in, and how do I change my password?"""

from __future__ import annotations

from dashboard.account_views.own_password import offer_password
from dashboard.account_views.words import districts_text
from dashboard.markup import heading, name_value_list, section
from dashboard.session import signed_in
from dashboard.wording import label, t


def main() -> None:
    """Draw the page."""
    who = signed_in()
    heading(t("nav.my_account"), t("my_account.question"))
    name_value_list(
        {
            t("users.column.name"): who.actor.name,
            t("users.column.display_name"): who.display_name,
            t("users.column.role"): label("role", who.actor.role.value),
            t("users.column.districts"): districts_text(who.actor.districts),
        }
    )
    section(t("my_account.password"), t("my_account.password.note"))
    offer_password()


main()
