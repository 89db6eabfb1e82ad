"""The gate: who is refused, whatever is asked for, and what it passes on. No server and no script is started."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.asgi import HOST, ORIGIN, Request, http, websocket
from support.dashboard_fixtures import fill
from support.front import Front
from support.signing_in import TERMINAL, add_user

from dashboard.gate.access import DEMO, SESSION_HEADER
from dashboard.gate.gate import PUBLIC, SIGNED_IN
from dashboard.gate.serving import Serving
from detection.accounts.opening import open_accounts

PATHS = (
    "/", "/alerts", "/_stcore/health", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/upload_file/x/y",
    "/_stcore/script-health-check", "/static/js/index.js", "/media/abc.csv", "/component/x", "/session", "/logout",
    "/login/", "/login/../alerts", "/login/style.css/x", "/LOGIN", "/favicon.png",
)  # fmt: skip
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE")
FOREIGN = (
    "http://evil.example",
    "http://127.0.0.1:9999",
    "https://127.0.0.1:8501",
    "http://localhost:80",
    "null",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_answered_without_a_session(front: Front, path: str) -> None:
    for method in METHODS:
        for cookies in ({}, front.cookie("guessed"), {"fundwatch_session": front.token()}):
            request = Request(path, method, origin=ORIGIN, cookies=cookies)
            assert front.status(request) == 401, method
    assert front.behind.passed == []


def test_a_session_opens_everything(front: Front) -> None:
    cookies = front.cookie(front.token())
    assert {front.status(Request(path, cookies=cookies)) for path in PATHS} == {200}
    assert len(front.behind.passed) == len(PATHS)


def test_the_page_to_sign_in_is_open_and_no_path_below_it(front: Front) -> None:
    assert {front.status(Request(path)) for path in PUBLIC} == {200}
    provider = {"/login/provider", "/login/provider/back"}
    assert {"/login", "/login/style.css", "/login/icon.svg"} | provider == PUBLIC


@pytest.mark.parametrize("origin", FOREIGN)
def test_other_origins_are_refused_also_with_a_session(front: Front, origin: str) -> None:
    request = Request("/alerts", origin=origin, cookies=front.cookie(front.token()))
    for method in METHODS:
        assert front.status(replace(request, method=method)) == 403
    assert front.status(Request("/login", "POST", origin=origin)) == 403
    assert websocket(front.gate(), request) == [{"type": "websocket.close", "code": 1008}]
    assert front.behind.passed == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_changes_something_names_its_origin(front: Front, method: str) -> None:
    assert front.status(Request("/logout", method, cookies=front.cookie(front.token()))) == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:9999", "localhost.evil.example:8501", ""]
)
def test_other_hosts_are_refused(front: Front, host: str) -> None:
    request = Request("/", host=host, origin=ORIGIN, cookies=front.cookie(front.token()))
    assert front.status(request) == 400
    assert front.status(replace(request, path="/login")) == 400
    assert websocket(front.gate(), request)[0]["type"] == "websocket.close"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_names_of_this_machine_are_accepted(front: Front, name: str) -> None:
    request = Request(host=f"{name}:8501", origin=f"http://{name}:8501", cookies=front.cookie(front.token()))
    assert front.status(request) == 200
    assert websocket(front.gate(), request)[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("origin", ["", ORIGIN])
def test_a_websocket_needs_a_session_and_an_origin(front: Front, origin: str) -> None:
    request = Request("/_stcore/stream", origin=origin)
    signed_in = replace(request, cookies=front.cookie(front.token()))
    assert websocket(front.gate(), request) == [{"type": "websocket.close", "code": 1008}]
    assert (websocket(front.gate(), signed_in)[0]["type"] == "websocket.accept") is bool(origin)


def test_an_open_websocket_stops_at_the_first_message_after_the_session_ended(front: Front) -> None:
    token = front.token()
    request = Request("/_stcore/stream", origin=ORIGIN, cookies=front.cookie(token))
    clicks = [
        lambda: None,
        lambda: front.accounts.users(TERMINAL).sign_out("wang", front.at),
        lambda: None,
    ]
    sent = websocket(front.gate(), request, clicks)
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.close"]
    messages = [message for message in front.behind.messages if message["type"] == "websocket.receive"]
    assert len(messages) == 1, "only the click before"


def test_an_open_websocket_stops_when_its_time_is_over(front: Front) -> None:
    request = Request("/_stcore/stream", origin=ORIGIN, cookies=front.cookie(front.token()))

    def wait() -> None:
        front.at = "2026-11-30T09:15:00"

    sent = websocket(front.gate(), request, [lambda: None, wait])
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.close"]


def test_the_token_goes_on_in_a_header_that_no_client_can_send(front: Front) -> None:
    token = front.token()
    forged = ((SESSION_HEADER, "forged"), (SESSION_HEADER.title(), "forged"))
    assert front.status(Request(cookies=front.cookie(token), others=forged)) == 200
    assert front.status(Request("/login", others=forged)) == 200
    handed = [
        [value.decode() for name, value in scope["headers"] if name.decode().lower() == SESSION_HEADER]
        for scope in front.behind.passed
    ]
    assert handed == [[token], [""]]


def test_a_browser_is_led_to_sign_in_and_back(front: Front) -> None:
    opened = Request("/alerts", query="list=all&lang=zh", others=(("accept", "text/html"),))
    answer = http(front.gate(), opened)
    assert answer.status == 303
    assert answer.headers["location"] == "/login?next=%2Falerts%3Flist%3Dall%26lang%3Dzh&lang=zh"


def test_a_demo_is_open_on_this_machine_and_behind_no_proxy(front: Front, tmp_path: Path) -> None:
    demo = replace(front, accounts=open_accounts(fill(tmp_path / "demo", alerts_of_each=1)))
    assert demo.status(Request()) == 200
    assert demo.behind.passed[-1][SIGNED_IN] == DEMO
    assert websocket(demo.gate(), Request(origin="http://evil.example"))[0]["type"] == "websocket.close"
    proxied = replace(demo, serving=Serving(8501, proxy="https://fund.example"))
    assert proxied.status(Request(host="fund.example")) == 401
    beyond = Serving(8501, "10.1.2.3", ("fund.example",), Path("cert"), Path("key"))
    assert replace(demo, serving=beyond).status(Request(host="fund.example:8501")) == 401
    add_user(tmp_path / "demo", "wang")
    assert demo.status(Request()) == 401


def test_behind_a_proxy_only_its_address_counts(front: Front) -> None:
    proxied = replace(front, serving=Serving(8501, proxy="https://fund.example"))
    cookies = proxied.cookie(front.token())
    assert proxied.status(Request(host="fund.example", origin="https://fund.example", cookies=cookies)) == 200
    assert proxied.status(Request(host=HOST, origin=ORIGIN, cookies=cookies)) == 400
    assert proxied.status(Request(host="fund.example", origin="http://fund.example", cookies=cookies)) == 403
