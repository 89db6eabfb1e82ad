"""The pages: sections, addresses, and links between them.

The language and every filter are in the URL, so that a link shows everybody the same list.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.markup import element
from dashboard.wording import language, t
from detection.indicators.card import SCREENS

SECTIONS = {
    "work": ("home", "alerts", "risk"),
    "casework": ("work", "packets"),
    "evidence": ("alert", "network", "family"),
    "indicators": SCREENS,
    "trust": ("methods", "data"),
}
UNKNOWN = "unknown"
"""The page of addresses that have none."""
OF_SUBJECTS = ("institution", "person", "account", "employer", "prescriber", "operator")
"""Pages of subjects, which links and the search lead to."""
_CASEWORK = ("work", "packets", "packet", "case")
_HIDDEN = (UNKNOWN, "search", "packet", "case", *OF_SUBJECTS)
"""Pages that are not in the menu."""
_ICONS = {
    UNKNOWN: ":material/help:",
    "home": ":material/home:",
    "alerts": ":material/list_alt:",
    "risk": ":material/leaderboard:",
    "work": ":material/task_alt:",
    "packets": ":material/inventory_2:",
    "packet": ":material/inventory_2:",
    "case": ":material/gavel:",
    "alert": ":material/find_in_page:",
    "network": ":material/hub:",
    "family": ":material/family_restroom:",
    "participation": ":material/groups:",
    "benefit": ":material/payments:",
    "accounts": ":material/account_balance_wallet:",
    "family_aid": ":material/diversity_1:",
    "fund_risk": ":material/monitoring:",
    "awareness": ":material/campaign:",
    "institution": ":material/local_hospital:",
    "person": ":material/person:",
    "account": ":material/account_balance_wallet:",
    "employer": ":material/apartment:",
    "prescriber": ":material/stethoscope:",
    "operator": ":material/point_of_sale:",
    "search": ":material/search:",
    "methods": ":material/menu_book:",
    "data": ":material/database:",
}
_FOLDER = Path(__file__).parent / "app_pages"


def script(name: str) -> str:
    """Where the script of a page is, from the folder of the entry script."""
    folder = "subjects/" if name in OF_SUBJECTS else "casework/" if name in _CASEWORK else ""
    return f"{_FOLDER.name}/{folder}{name}.py"


def page(name: str) -> st.Page:
    """A page by name. Its address is its name; that of the first page is the root."""
    return st.Page(
        _FOLDER.parent / script(name),
        title=t(f"nav.{name}"),
        icon=_ICONS[name],
        url_path=None if name == "home" else name,
        default=name == "home",
        visibility="hidden" if name in _HIDDEN else "visible",
    )


def page_names() -> tuple[str, ...]:
    """The names of all pages, which are their addresses."""
    return (*(name for pages in SECTIONS.values() for name in pages), *_HIDDEN)


def navigation() -> st.Page:
    """Draw the menu; returns the page that the URL names."""
    sections = {t(f"section.{name}"): [page(item) for item in pages] for name, pages in SECTIONS.items()}
    sections[""] = [page(name) for name in _HIDDEN]
    return st.navigation(sections, expanded=True)


def address(name: str, **parameters: object) -> str:
    """Relative address of a page in the reader's language; empty parameters are left out."""
    query = {key: value for key, value in parameters.items() if value not in (None, "")} | {
        "lang": language()
    }
    return f"{'./' if name == 'home' else name}?{urlencode(query)}"


def link(text: str, name: str, title: str = "", css: str = "", **parameters: object) -> Markup:
    """A link to a page, in the same window.

    Args:
        text: text or HTML.
        name: of the page.
        title: shown on hover.
        css: classes of the style sheet.
        parameters: of the address.
    """
    return element("a", text, css, title=title, href=address(name, **parameters), target="_self")


def open_page(name: str, **parameters: str) -> None:
    """Switch to a page at once, for instance when a row was clicked."""
    st.switch_page(page(name), query_params={**parameters, "lang": language()})
