"""Which pages each role may see: the whole table, role by page."""

from __future__ import annotations

import pytest
from starlette.types import Receive, Scope, Send
from support.asgi import Request, http
from support.front import Front

from dashboard.gate.gate import SIGNED_IN
from dashboard.navigation import LEADS, OF_SUBJECTS, SEARCH, SECTIONS, UNKNOWN, allowed_pages, page_names
from dashboard.unknown_addresses import UnknownAddresses
from detection.accounts.rights import USER_ROLES, Actor, Role
from detection.accounts.sessions import SignedIn

CASES = {"home", "alerts", "risk", "alert", "network", "family", SEARCH, *OF_SUBJECTS}
TRUST = set(SECTIONS["trust"])
OWN, USERS = {"my_account"}, {"users"}
LOG = {"audit"}
READERS_OF_THE_LOG = {Role.supervisor, Role.director, Role.auditor, Role.administrator}
CASEWORK = {"work", "packets", "packet", "case"}
LIMITED = {"home", "alerts", "risk", "alert", "network", *CASEWORK, *TRUST, *OWN, UNKNOWN} - LOG
OF_ADMINISTRATORS = {*TRUST, *OWN, *USERS, UNKNOWN}


@pytest.mark.parametrize("role", USER_ROLES)
def test_pages_of_a_role(role: Role) -> None:
    expected = OF_ADMINISTRATORS if role is Role.administrator else set(page_names()) - USERS
    assert set(page_names()) >= CASES | LOG
    closed = (set() if role in READERS_OF_THE_LOG else LOG) | ({LEADS} if role is Role.reader else set())
    assert set(allowed_pages(Actor("chen", role))) == expected - closed


@pytest.mark.parametrize("role", USER_ROLES)
def test_pages_of_a_role_that_is_limited_to_districts(role: Role) -> None:
    expected = OF_ADMINISTRATORS - LOG if role is Role.administrator else LIMITED
    assert set(allowed_pages(Actor("chen", role, ("320601",)))) == expected


@pytest.mark.parametrize("role", USER_ROLES)
@pytest.mark.parametrize("page", ["alerts", "risk", "methods", "person"])
def test_the_address_of_a_page_that_is_not_registered_says_that_there_is_none(
    front: Front, role: Role, page: str
) -> None:
    signed_in = SignedIn(Actor("chen", role), "", "session", "form")

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await UnknownAddresses(front.behind)({**request, SIGNED_IN: signed_in}, receive, send)

    request = Request(f"/{page}", others=(("accept", "text/html"),)).scope("http")
    answer = http(app, Request(f"/{page}"))
    assert answer.status == (200 if page in allowed_pages(signed_in.actor) else 307)
