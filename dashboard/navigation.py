"""The pages, in one place: sections, addresses, and links between them.

The language and every filter stand in the address, so that a link shows its reader the same list.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.wording import language, t
from detection.indicators.card import SCREENS

SECTIONS = {
    "work": ("home", "alerts"),
    "evidence": ("alert", "network", "family"),
    "indicators": SCREENS,
    "trust": ("methods", "data"),
}
_ICONS = {
    "home": ":material/home:",
    "alerts": ":material/list_alt:",
    "alert": ":material/find_in_page:",
    "network": ":material/hub:",
    "family": ":material/family_restroom:",
    "participation": ":material/groups:",
    "benefit": ":material/payments:",
    "accounts": ":material/account_balance_wallet:",
    "family_aid": ":material/diversity_1:",
    "fund_risk": ":material/monitoring:",
    "awareness": ":material/campaign:",
    "methods": ":material/menu_book:",
    "data": ":material/database:",
}
_FOLDER = Path(__file__).parent / "app_pages"


def page(name: str) -> st.Page:
    """A page by name; its address is its name, except for the first one, which is the root."""
    return st.Page(
        _FOLDER / f"{name}.py",
        title=t(f"nav.{name}"),
        icon=_ICONS[name],
        url_path=None if name == "home" else name,
        default=name == "home",
    )


def navigation() -> st.Page:
    """Draw the menu and give the page that the reader asked for."""
    sections = {t(f"section.{name}"): [page(one) for one in pages] for name, pages in SECTIONS.items()}
    return st.navigation(sections, expanded=True)


def address(name: str, **asked: object) -> str:
    """Relative address of a page with the reader's language and what is asked of it; empty values are left out."""
    query = {key: value for key, value in asked.items() if value not in (None, "")} | {"lang": language()}
    return f"{'./' if name == 'home' else name}?{urlencode(query)}"


def link(text: str, name: str, title: str = "", css: str = "", **asked: object) -> str:
    """A link in HTML that stays in the window; the text is escaped."""
    hint = f' title="{escape(title, quote=True)}"' if title else ""
    style = f' class="{css}"' if css else ""
    return f'<a{style}{hint} href="{escape(address(name, **asked), quote=True)}" target="_self">{escape(text)}</a>'


def open_page(name: str, **asked: str) -> None:
    """Go to a page at once, for instance after a row was chosen."""
    st.switch_page(page(name), query_params={**asked, "lang": language()})
