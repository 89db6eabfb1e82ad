"""Signing in at an identity provider: who comes in as what, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc.jwk import ECKey
from sqlalchemy import select
from starlette.applications import Starlette
from support.asgi import ORIGIN, Answer, Request, http
from support.front import Front
from support.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from support.signing_in import TERMINAL, WHEN

from dashboard.gate.access import Access
from dashboard.gate.gate import CALLBACK, OIDC, Gate
from dashboard.gate.oidc import ProviderLogin
from detection.accounts.limits import limits
from detection.accounts.provider.client import Provider
from detection.accounts.provider.settings import read_settings
from detection.accounts.rights import Role
from detection.store.audit.table import AuditEntry
from detection.store.connection import reading
from features.errors import InputError

SETTINGS = """
issuer = "{issuer}"
client_id = "{client}"
client_secret_file = "{secret}"
[roles]
inspectors = "inspector"
auditors = "auditor"
[districts]
chongchuan = ["320602"]
"""


@pytest.fixture
def idp() -> Iterator[IdentityProvider]:
    """A provider at which Chen signs in, an inspector of Chongchuan."""
    groups = ["inspectors", "chongchuan", "canteen"]
    with identity_provider(sub="u-7", preferred_username="Chen.Jing", name="陈静", groups=groups) as provider:
        yield provider


class Ways:
    """The gate with the routes to the provider and back; and a browser with its cookies."""

    def __init__(self, front: Front, idp: IdentityProvider, folder: Path) -> None:
        secret, file = folder / "secret", folder / "oidc.toml"
        secret.write_text(SECRET)
        file.write_text(SETTINGS.format(issuer=idp.issuer, client=CLIENT, secret=secret))
        access = Access(front.accounts)
        provider = Provider(read_settings(file), f"{ORIGIN}{CALLBACK}")
        login = ProviderLogin(front.serving, access, provider, lambda: front.at)
        self.front = front
        self.gate = Gate(
            Starlette(routes=login.routes()), serving=front.serving, access=access, clock=lambda: front.at
        )

    def leave(self, target: str = "/alerts") -> Answer:
        """The way to the provider."""
        return http(self.gate, Request(OIDC, query=urlencode({"next": target})))

    def at_provider(self, left: Answer) -> str:
        """What the provider sends back, as the query of our address."""
        back = requests.get(left.headers["location"], allow_redirects=False, timeout=10)
        assert back.headers["location"].startswith(f"{ORIGIN}{CALLBACK}?")
        return urlsplit(back.headers["location"]).query

    def come_back(self, query: str, cookies: dict[str, str]) -> Answer:
        return http(self.gate, Request(CALLBACK, query=query, cookies=cookies))

    def sign_in(self) -> Answer:
        left = self.leave()
        return self.come_back(self.at_provider(left), left.cookies)

    def token(self, answer: Answer) -> str:
        return answer.cookies.get(self.front.serving.session_cookie, "")


@pytest.fixture
def ways(front: Front, idp: IdentityProvider, tmp_path: Path) -> Ways:
    return Ways(front, idp, tmp_path)


def test_groups_decide_role_and_districts_of_a_session_of_our_own(ways: Ways, front: Front) -> None:
    answer = ways.sign_in()
    assert (answer.status, answer.headers["location"]) == (303, "/alerts")
    signed_in = front.accounts.sessions.signed_in(ways.token(answer), WHEN)
    assert signed_in is not None and signed_in.display_name == "陈静"
    actor = signed_in.actor
    assert (actor.name, actor.role, actor.districts) == ("chen.jing", Role.inspector, ("320602",))
    front.accounts.users(TERMINAL).sign_out("chen.jing", WHEN)
    assert front.accounts.sessions.signed_in(ways.token(answer), WHEN) is None


def test_the_request_has_pkce_state_and_nonce_of_its_own(ways: Ways) -> None:
    sent = [parse_qs(urlsplit(ways.leave().headers["location"]).query) for _ in range(2)]
    assert sent[0]["code_challenge_method"] == ["S256"] and sent[0]["response_type"] == ["code"]
    for name in ("state", "nonce", "code_challenge"):
        assert sent[0][name] != sent[1][name]


def test_groups_are_followed_at_the_next_sign_in(ways: Ways, front: Front, idp: IdentityProvider) -> None:
    first = ways.token(ways.sign_in())
    idp.user["groups"] = ["auditors", "chongchuan"]
    second = ways.token(ways.sign_in())
    assert front.accounts.sessions.signed_in(first, WHEN) is None
    signed_in = front.accounts.sessions.signed_in(second, WHEN)
    assert signed_in is not None and signed_in.actor.role is Role.auditor


@pytest.mark.parametrize(
    "changed",
    [
        {"groups": ["canteen", "chongchuan"]},
        {"groups": ["inspectors", "auditors", "chongchuan"]},
        {"groups": ["inspectors"]},
        {"groups": "inspectors"},
        {"preferred_username": "wang"},
        {"preferred_username": "run"},
        {"preferred_username": ""},
    ],
    ids=["no role", "two roles", "no district", "no list", "a local user", "reserved", "no name"],
)
def test_who_is_not_let_in(ways: Ways, idp: IdentityProvider, changed: dict[str, object]) -> None:
    idp.user.update(changed)
    answer = ways.sign_in()
    assert answer.headers["location"] == "/login?refused=1" and not ways.token(answer)


def test_a_disabled_user_is_not_let_in_and_a_name_is_not_taken_over(
    ways: Ways, front: Front, idp: IdentityProvider
) -> None:
    assert ways.token(ways.sign_in())
    idp.user["sub"] = "u-8"
    assert not ways.token(ways.sign_in()), "another person under the same name"
    idp.user["sub"] = "u-7"
    front.accounts.users(TERMINAL).disable("chen.jing", WHEN)
    assert not ways.token(ways.sign_in())


def test_another_name_makes_no_second_user(ways: Ways, front: Front, idp: IdentityProvider) -> None:
    assert ways.token(ways.sign_in())
    before = front.accounts.store.users()
    idp.user["preferred_username"] = "Chen.Second"
    assert not ways.token(ways.sign_in())
    assert front.accounts.store.users() == before
    idp.user["preferred_username"] = "Chen.Jing"
    assert ways.token(ways.sign_in()), "under the first name as before"


def test_a_way_back_serves_once_and_in_the_browser_that_left_alone(ways: Ways) -> None:
    left = ways.leave()
    query = ways.at_provider(left)
    assert not ways.token(ways.come_back(query, {})), "another browser"
    left = ways.leave()
    query = ways.at_provider(left)
    other = query.replace(parse_qs(query)["state"][0], "guessed")
    assert not ways.token(ways.come_back(other, left.cookies))
    assert ways.token(ways.come_back(query, left.cookies))
    assert not ways.token(ways.come_back(query, left.cookies)), "a second time"


def test_a_code_of_another_request_is_refused(ways: Ways) -> None:
    """Its verifier is another, and so is the nonce of its token."""
    first, second = ways.leave(), ways.leave()
    code = parse_qs(ways.at_provider(first))["code"][0]
    state = parse_qs(urlsplit(second.headers["location"]).query)["state"][0]
    assert not ways.token(ways.come_back(urlencode({"code": code, "state": state}), second.cookies))


@pytest.mark.parametrize("claim", ["iss", "aud", "nonce", "exp"])
def test_a_token_of_another_issuer_client_request_or_time_is_refused(
    ways: Ways, idp: IdentityProvider, claim: str
) -> None:
    idp.user[claim] = 1 if claim == "exp" else "https://other.example"
    assert not ways.token(ways.sign_in())


def test_a_token_that_another_key_signed_is_refused(ways: Ways, idp: IdentityProvider) -> None:
    idp.published = ECKey.generate_key("P-256")
    assert not ways.token(ways.sign_in())


@pytest.mark.parametrize(
    "stated",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://other.example/token"},
        {"jwks_uri": None},
    ],
    ids=["another issuer", "no TLS", "no keys"],
)
def test_a_provider_that_says_it_is_another_is_not_used(
    ways: Ways, idp: IdentityProvider, stated: dict[str, object]
) -> None:
    idp.stated = stated
    assert ways.leave().headers["location"] == "/login?refused=1"


def test_who_is_refused_is_entered_until_the_address_has_to_wait(
    ways: Ways, front: Front, idp: IdentityProvider
) -> None:
    idp.user["groups"] = ["canteen"]
    assert not ways.token(ways.sign_in())
    for _ in range(limits().address_failures + 5):
        ways.come_back("state=guessed", {})
    with reading(front.accounts.space.store).connect() as connection:
        query = select(AuditEntry.action, AuditEntry.after).order_by(AuditEntry.number)
        failures = [str(row.after) for row in connection.execute(query) if row.action == "sign_in_failed"]
    assert len(failures) == limits().address_failures
    assert all('"way":"provider"' in after for after in failures)
    assert ["waits_until" in after for after in failures] == [False] * (len(failures) - 1) + [True]


def test_a_lost_secret_leads_back_to_the_page_to_sign_in(ways: Ways, tmp_path: Path) -> None:
    (tmp_path / "secret").unlink()
    assert ways.leave().headers["location"] == "/login?refused=1"


def test_the_settings_name_known_roles_and_an_issuer_with_tls(tmp_path: Path) -> None:
    for issuer, role in (("http://id.example", "inspector"), ("https://id.example", "terminal")):
        file = tmp_path / "oidc.toml"
        file.write_text(f'issuer = "{issuer}"\nclient_id = "x"\n[roles]\ngroup = "{role}"\n')
        with pytest.raises(InputError):
            read_settings(file)
