"""There is no page at this address, or none that the reader's role may see."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import empty_state, heading, render
from dashboard.navigation import link, page_names
from dashboard.session import actor
from dashboard.wording import label, t


def main() -> None:
    """Draw the page."""
    heading(t("nav.unknown"), "")
    address = st.query_params.get("address", "")
    if address.strip("/") in page_names():
        role = label("role", actor().role.value)
        empty_state(t("unknown.refused"), t("unknown.refused.text", address=address, role=role))
    else:
        text = t("unknown.text", address=address) if address else t("unknown.text.bare")
        empty_state(t("unknown.title"), text)
    render(link(t("unknown.home"), "home"))


main()
