"""The pages: sections, addresses, and links between them.

The language and every filter are in the URL, so that a link shows everybody the same list.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.manual.of_pages import place_of
from dashboard.markup import element
from dashboard.wording import language, t
from detection.accounts.rights import USER_ROLES, Actor, Right, Role
from detection.indicators.card import SCREENS

LEADS = "leads"
"""The page of what others send."""
SECTIONS = {
    "work": ("home", "alerts", "risk"),
    "casework": ("work", "packets", LEADS, "recovery"),
    "evidence": ("alert", "network", "family"),
    "indicators": SCREENS,
    "trust": ("methods", "data", "audit", "help"),
    "access": ("users", "my_account"),
}
UNKNOWN = "unknown"
"""The page of addresses that have none."""
OF_SUBJECTS = ("institution", "person", "account", "employer", "prescriber", "operator")
"""Pages of subjects, which links and the search lead to."""
_CASEWORK = ("work", "packets", LEADS, "packet", "case", "recovery")
_ACCOUNTS = ("users", "my_account")
HELP = "help"
"""The manual, which is shown before the first run too."""
WITHOUT_DATA = (*_ACCOUNTS, HELP)
"""Pages that need no run: users are made before the first."""
_FOLDERS = {
    **dict.fromkeys(OF_SUBJECTS, "subjects/"),
    **dict.fromkeys(_CASEWORK, "casework/"),
    **dict.fromkeys(_ACCOUNTS, "administration/"),
}
"""Folders of pages that are not in the main one."""
SEARCH = "search"
_HIDDEN = (UNKNOWN, SEARCH, "packet", "case", *OF_SUBJECTS)
"""Pages that are not in the menu."""
_ALLOWED = "allowed_pages"
_ICONS = {
    UNKNOWN: ":material/help:",
    "start": ":material/home:",
    "home": ":material/home:",
    "alerts": ":material/list_alt:",
    "risk": ":material/leaderboard:",
    "work": ":material/task_alt:",
    "packets": ":material/inventory_2:",
    LEADS: ":material/forward_to_inbox:",
    "packet": ":material/inventory_2:",
    "case": ":material/gavel:",
    "recovery": ":material/savings:",
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
    "audit": ":material/history:",
    "help": ":material/support:",
    "users": ":material/manage_accounts:",
    "my_account": ":material/account_circle:",
}
START = "start"
"""The first page of those who may not see the home page."""
_NEEDED = {"indicators": Right.see_indicators, "trust": Right.see_methods}
"""What pages of a section need; all others show cases."""
_LOG = "audit"
"""The page of what everybody did, in all districts."""
_USERS, _OWN = _ACCOUNTS
_OF_DISTRICTS = ("home", "alerts", "risk", "alert", "network", "work", "packets", "packet", "case")
"""Pages with cases that can be limited to districts; a reader of some districts sees no other."""
_FOLDER = Path(__file__).parent / "app_pages"


def script(name: str) -> str:
    """Where the script of a page is, from the folder of the entry script."""
    return f"{_FOLDER.name}/{_FOLDERS.get(name, '')}{name}.py"


def page(name: str) -> st.Page:
    """A page by name. Its address is its name; that of the first page is the root."""
    return st.Page(
        _FOLDER.parent / script(name),
        title=t(f"nav.{name}"),
        icon=_ICONS[name],
        url_path=None if name in {"home", START} else name,
        default=name in {"home", START},
        visibility="hidden" if name in {START, *_HIDDEN} else "visible",
    )


def page_names() -> tuple[str, ...]:
    """The names of all pages, which are their addresses."""
    return (*(name for pages in SECTIONS.values() for name in pages), *_HIDDEN)


def allowed_pages(actor: Actor) -> tuple[str, ...]:
    """The names of the pages that somebody may see: the role has the right, and the page keeps to their districts."""
    pages = [name for section, names in SECTIONS.items() for name in names if _allowed(actor, section, name)]
    hidden = [name for name in _HIDDEN if name == UNKNOWN or _allowed(actor, "", name)]
    return (*pages, *hidden)


def sees_log(actor: Actor) -> bool:
    """Whether somebody may see what everybody did: it is of the whole fund."""
    return actor.may(Right.see_log) and actor.districts is None


def _allowed(actor: Actor, section: str, name: str) -> bool:
    if name == _LOG:
        return sees_log(actor)
    if name == LEADS and not actor.may(Right.see_leads):
        return False
    if name == _USERS:
        return actor.may(Right.manage_users)
    if name == _OWN:
        return actor.role in USER_ROLES
    if not actor.may(_NEEDED.get(section, Right.see_cases)):
        return False
    return actor.districts is None or name in _OF_DISTRICTS or section == "trust"


def navigation(actor: Actor) -> st.Page:
    """Draw the menu of what somebody may see; returns the page that the URL names. No other page is registered."""
    allowed = allowed_pages(actor)
    st.session_state[_ALLOWED] = allowed
    sections = {
        t(f"section.{name}"): [page(item) for item in pages if item in allowed]
        for name, pages in SECTIONS.items()
    }
    first = [] if "home" in allowed else [page(START)]
    sections[""] = [*first, *(page(name) for name in _HIDDEN if name in allowed)]
    return st.navigation({title: pages for title, pages in sections.items() if pages}, expanded=True)


def address(name: str, **parameters: object) -> str:
    """Relative address of a page in the reader's language; empty parameters are left out."""
    query = {key: value for key, value in parameters.items() if value not in (None, "")} | {
        "lang": language()
    }
    return f"{'./' if name == 'home' else name}?{urlencode(query)}"


def link(text: str, name: str, title: str = "", css: str = "", **parameters: object) -> Markup:
    """A link to a page, in the same window; its text alone where the reader may not see the page.

    Args:
        text: text or HTML.
        name: of the page.
        title: shown on hover.
        css: classes of the style sheet.
        parameters: of the address.
    """
    if name not in st.session_state.get(_ALLOWED, (name,)):
        return element("span", text, css, title=title)
    return element("a", text, css, title=title, href=address(name, **parameters), target="_self")


def manual_link(chosen: st.Page, role: Role) -> Markup:
    """A link to the part of the manual that describes a page; empty where none does."""
    name = chosen.url_path or ("home" if "home" in st.session_state[_ALLOWED] else START)
    place = place_of(name, role)
    if place is None:
        return Markup()
    return link(
        t("help.of_page"), HELP, t("help.of_page.hint"), "fw-manual", part=place.part, task=place.task
    )


def open_page(name: str, **parameters: str) -> None:
    """Switch to a page at once, for instance when a row was clicked."""
    st.switch_page(page(name), query_params={**parameters, "lang": language()})
