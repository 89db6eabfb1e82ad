"""Every page in every role: it opens and leads to its part of the manual, or it is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from support.dashboard_fixtures import open_page, sample_to_change, small_sample
from support.page_addresses import page_addresses
from support.signing_in import add_user

from dashboard.navigation import HELP, UNKNOWN, allowed_pages, page_names
from dashboard.wording import catalogue
from detection.accounts.rights import USER_ROLES, Actor, Role
from detection.store.queries.alerts import choices
from detection.store.queries.reader import open_reader

__all__ = ["open_page", "sample_to_change", "small_sample"]

OpenPage = Callable[..., AppTest]
WITHOUT_MANUAL = {HELP, UNKNOWN}
PEOPLE = [*((role, False) for role in USER_ROLES), (Role.inspector, True)]
"""Roles, and whether the account is of one district."""


def shown(app: AppTest) -> str:
    assert not app.exception
    pieces = (*app.html, *app.markdown, *app.caption, *app.error)
    return unescape("\n".join(str(piece.value) for piece in pieces))


@pytest.mark.parametrize(("role", "limited"), PEOPLE)
def test_every_page_opens_or_is_refused(
    open_page: OpenPage, sample_to_change: Path, role: Role, limited: bool
) -> None:
    addresses = page_addresses(sample_to_change)
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        district = next(code for code in choices(reader)["district"] if code)
    districts = (district,) if limited else None
    add_user(sample_to_change, "chen", role, districts)
    allowed = set(allowed_pages(Actor("chen", role, districts)))
    words = catalogue("en")
    assert allowed and set(page_names()) - allowed, "something is open, and something is not"
    for page in page_names():
        parameters = dict(parse_qsl(addresses.get(page, "").partition("?")[2]))
        app = open_page(sample_to_change, page, signed_in_as="chen", lang="en", **parameters)
        text = shown(app)
        if page in allowed:
            assert app.get("html"), page
            assert ('class="fw-manual"' in text) is (page not in WITHOUT_MANUAL), page
            continue
        title = f"<h1>{words[f'nav.{page}']}</h1>"
        assert title not in text, page
        refused = shown(
            open_page(sample_to_change, UNKNOWN, signed_in_as="chen", lang="en", address=f"/{page}")
        )
        assert words["unknown.refused"] in refused and words[f"role.{role.value}"] in refused, page


def test_an_address_that_is_no_page_is_not_called_refused(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    add_user(sample_to_change, "chen", Role.reader)
    text = shown(open_page(sample_to_change, UNKNOWN, signed_in_as="chen", lang="zh", address="/typo"))
    assert catalogue("zh")["unknown.title"] in text and "/typo" in text
    assert catalogue("zh")["unknown.refused"] not in text
