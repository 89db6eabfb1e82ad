"""Signing in and out over HTTP: forms, cookies, and what attackers try with them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.asgi import ORIGIN, Answer, Request, http
from support.front import Front
from support.signing_in import PASSWORD

from dashboard.gate.serving import Serving
from detection.accounts.limits import limits

_FORM = re.compile(r'name="form" value="([^"]+)"')


def opened(front: Front, **query: str) -> Answer:
    """The page to sign in."""
    return http(front.with_login(), Request("/login", query=urlencode(query)))


def posted(front: Front, fields: dict[str, str], cookies: dict[str, str]) -> Answer:
    given = Request("/login", "POST", origin=ORIGIN, cookies=cookies, body=urlencode(fields).encode())
    return http(front.with_login(), given)


def sign_in(front: Front, password: str = PASSWORD, name: str = "wang", **fields: str) -> Answer:
    page = opened(front)
    [form] = _FORM.findall(page.text)
    return posted(front, {"form": form, "name": name, "password": password, **fields}, page.cookies)


def test_a_name_and_its_password_start_a_session(front: Front) -> None:
    answer = sign_in(front, next="/alerts?list=all")
    assert (answer.status, answer.headers["location"]) == (303, "/alerts?list=all")
    cookies = front.cookie(answer.cookies[front.serving.session_cookie])
    assert front.status(Request(cookies=cookies)) == 200


def test_the_cookie_is_closed_to_scripts_and_other_sites(front: Front) -> None:
    [plain] = [line for line in sign_in(front).set_cookies if line.startswith("fundwatch_session_8501=")]
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Path=/" in plain
    assert (
        "Secure" not in plain and "Domain" not in plain and "xpires" not in plain and "Max-Age" not in plain
    )
    behind_tls = Serving(8501, certificate=Path("c"), key=Path("k"))
    assert behind_tls.session_cookie.startswith("__Host-")


@pytest.mark.parametrize("name", ["wang", "unknown"])
def test_a_wrong_password_says_nothing_about_the_user(front: Front, name: str) -> None:
    answer = sign_in(front, "wrong", name)
    assert answer.status == 401 and front.serving.session_cookie not in answer.cookies
    assert "do not fit" in answer.text and "wrong" not in answer.text


def test_a_token_from_before_is_never_taken_over(front: Front) -> None:
    """Fixation: a cookie that an attacker planted, known or not, is not the session's afterwards."""
    page = opened(front)
    [form] = _FORM.findall(page.text)
    fields = {"form": form, "name": "wang", "password": PASSWORD}
    earlier = front.token()
    for planted in ("planted", earlier):
        answer = posted(front, fields, {**page.cookies, **front.cookie(planted)})
        token = answer.cookies[front.serving.session_cookie]
        assert token not in {"planted", earlier}
        assert front.status(Request(cookies=front.cookie(planted))) == 401, (
            "and the earlier session has ended"
        )


def test_after_signing_out_the_token_is_worth_nothing(front: Front) -> None:
    token = sign_in(front).cookies[front.serving.session_cookie]
    signed_in = front.accounts.sessions.signed_in(token, front.at)
    assert signed_in is not None
    leave = Request("/logout", "POST", origin=ORIGIN, cookies=front.cookie(token))
    for wrong in ("", "guessed", token):
        refused = http(front.with_login(), replace(leave, body=urlencode({"form": wrong}).encode()))
        assert refused.status == 403
    body = urlencode({"form": signed_in.form_token}).encode()
    assert http(front.with_login(), replace(leave, method="GET")).status == 405
    left = http(front.with_login(), replace(leave, body=body))
    assert (left.status, left.headers["location"]) == (303, "/login")
    assert left.cookies[front.serving.session_cookie] == ""
    assert front.status(Request(cookies=front.cookie(token))) == 401


def test_a_form_without_the_secret_of_its_page_is_refused(front: Front) -> None:
    page = opened(front)
    [form] = _FORM.findall(page.text)
    fields = {"name": "wang", "password": PASSWORD}
    for sent, cookies in (("", page.cookies), ("guessed", page.cookies), (form, {}), ("", {})):
        answer = posted(front, {**fields, "form": sent}, cookies)
        assert answer.status == 403 and front.serving.session_cookie not in answer.cookies


def test_the_sixth_attempt_waits_even_with_the_right_password(front: Front) -> None:
    for _ in range(limits().account_failures):
        assert sign_in(front, "wrong").status == 401
    answer = sign_in(front)
    assert (answer.status, answer.headers["retry-after"]) == (429, "60")
    assert front.serving.session_cookie not in answer.cookies
    front.at = "2026-11-30T09:01:00"
    assert sign_in(front).status == 303


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/login",
        "/a\r\nX: y",
    ],
)
def test_one_is_never_led_to_another_server(front: Front, target: str) -> None:
    assert sign_in(front, next=target).headers["location"] == "/"


def test_what_is_typed_stays_text(front: Front) -> None:
    hostile = '"><script>alert(1)</script>{title}'
    answer = sign_in(front, "wrong", hostile)
    assert answer.status == 401 and "<script" not in answer.text and "&lt;script&gt;" in answer.text
    assert "<script" not in opened(front, next=f"/{hostile}").text


def test_a_form_that_is_too_long_is_not_read(front: Front) -> None:
    assert sign_in(front, "x" * 20_000).status == 413


def test_the_page_is_in_both_languages_and_loads_nothing_from_elsewhere(front: Front) -> None:
    chinese, english = opened(front, lang="zh").text, opened(front, lang="en").text
    assert "登录" in chinese and "Sign in" in english
    for page in (chinese, english):
        assert not re.findall(r'(?:src|href|action)="(?!/)', page)


def test_those_who_are_signed_in_go_on(front: Front) -> None:
    shown = http(
        front.with_login(), Request("/login", query="next=/alerts", cookies=front.cookie(front.token()))
    )
    assert (shown.status, shown.headers["location"]) == (303, "/alerts")


def test_asking_whether_a_session_lives_does_not_keep_it_alive(front: Front) -> None:
    cookies = front.cookie(front.token())
    for minute in range(0, 15, 5):
        front.at = f"2026-11-30T09:{minute:02}:00"
        assert http(front.with_login(), Request("/session", cookies=cookies)).status == 204
    front.at = "2026-11-30T09:15:00"
    assert http(front.with_login(), Request("/session", cookies=cookies)).status == 401
