"""A password that an administrator chose opens nothing: the page to sign in asks for another one first."""

from __future__ import annotations

import re

import pytest
from support.asgi import ORIGIN, Answer, Request, http
from support.front import Front
from support.signing_in import PASSWORD, TERMINAL, WHEN

from detection.accounts.identity import ProviderIdentity

GIVEN, OWN = "Willow-Bridge-88", "Maple-Quarry-55"
_FORM = re.compile(r'name="form" value="([^"]+)"')


@pytest.fixture
def given(front: Front) -> Front:
    """A gate whose only user has a password that an administrator chose."""
    front.accounts.users(TERMINAL).set_password("wang", GIVEN, WHEN)
    return front


def posted(front: Front, password: str, language: str = "en", **fields: str) -> Answer:
    """The answer to the form, as its page sends it."""
    page = http(front.with_login(), Request("/login"))
    [form] = _FORM.findall(page.text)
    words = {"form": form, "name": "wang", "password": password, "next": "/alerts", **fields}
    body = "&".join(f"{name}={value}" for name, value in words.items()).encode()
    request = Request(
        "/login", "POST", origin=ORIGIN, cookies=page.cookies, body=body, query=f"lang={language}"
    )
    return http(front.with_login(), request)


def has_session(front: Front, answer: Answer) -> bool:
    return front.serving.session_cookie in answer.cookies


@pytest.mark.parametrize(
    ("language", "words"), [("en", "An administrator chose this password"), ("zh", "此密码由系统管理员设置")]
)
def test_nothing_opens_before_the_password_is_changed(given: Front, language: str, words: str) -> None:
    answer = posted(given, GIVEN, language)
    assert answer.status == 200 and not has_session(given, answer)
    assert words in answer.text and 'name="new"' in answer.text and GIVEN not in answer.text
    [user] = given.accounts.sessions.overview(given.at)
    assert user.open_sessions == 0


def test_with_a_password_of_their_own_the_user_goes_on(given: Front) -> None:
    answer = posted(given, GIVEN, new=OWN, again=OWN)
    assert (answer.status, answer.headers["location"]) == (303, "/alerts")
    cookies = given.cookie(answer.cookies[given.serving.session_cookie])
    assert given.status(Request(cookies=cookies)) == 200
    assert posted(given, GIVEN).status == 401
    again = posted(given, OWN)
    assert again.status == 303 and has_session(given, again)


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        (OWN, "Other-Harbor-78", "The two new passwords differ"),
        (GIVEN, GIVEN, "it is the old one"),
        ("short", "short", "fewer than 12"),
    ],
)
def test_a_refused_password_changes_nothing(given: Front, new: str, again: str, words: str) -> None:
    answer = posted(given, GIVEN, new=new, again=again)
    assert answer.status == 400 and not has_session(given, answer)
    assert words in answer.text and 'name="new"' in answer.text
    assert "An administrator chose" in posted(given, GIVEN).text, "the password is as before"


def test_the_given_password_is_required_and_attempts_are_counted(given: Front) -> None:
    for _ in range(5):
        answer = posted(given, "guess", new=OWN, again=OWN)
        assert answer.status == 401 and not has_session(given, answer)
    assert posted(given, GIVEN, new=OWN, again=OWN).status == 429


def test_a_sign_in_at_the_provider_does_not_ask_for_it(given: Front) -> None:
    given.accounts.users(TERMINAL).link("wang", ProviderIdentity("https://id.example", "a-17"), WHEN)
    assert given.status(Request(cookies=given.cookie(given.token()))) == 200


def test_a_password_of_ones_own_is_requested_once(front: Front) -> None:
    answer = posted(front, PASSWORD)
    assert answer.status == 303 and has_session(front, answer)
