"""Users: who may sign in, as what, for which districts, and since when did they not?"""

from __future__ import annotations

import streamlit as st

from dashboard.account_views.acting import draw_done
from dashboard.account_views.adding import offer_user
from dashboard.account_views.changing import offer_change
from dashboard.account_views.user_table import draw_users
from dashboard.markup import heading, section
from dashboard.session import accounts, now
from dashboard.wording import t
from detection.store.queries.reader import ReadError


def main() -> None:
    """Draw the page."""
    heading(t("nav.users"), t("users.question"))
    draw_done()
    try:
        users = accounts().sessions.overview(now())
    except ReadError as error:
        st.error(str(error))
        return
    draw_users(users)
    change, add = st.columns(2, gap="large")
    with change:
        section(t("users.change"), t("users.change.note"))
        offer_change(users)
    with add:
        section(t("users.add"), t("users.add.note"))
        offer_user()


main()
