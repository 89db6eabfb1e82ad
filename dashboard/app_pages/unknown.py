"""There is no page at this address."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import empty_state, heading, render
from dashboard.navigation import link
from dashboard.wording import t


def main() -> None:
    """Draw the page."""
    heading(t("nav.unknown"), "")
    address = st.query_params.get("address", "")
    empty_state(t("unknown.title"), t("unknown.text", address=address))
    render(link(t("unknown.home"), "home"))


main()
