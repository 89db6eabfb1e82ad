"""Signing in and out: routes in front of the screens, which need no script in the browser."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.gate.access import Access
from dashboard.gate.answers import own_path, start_session
from dashboard.gate.gate import LOGIN, SIGNED_IN
from dashboard.gate.login_page import LoginForm, login_page, text
from dashboard.gate.serving import Serving
from dashboard.theme import ICON
from dashboard.wording import LANGUAGES, language_of_browser
from detection.accounts.passwords import WeakPasswordError
from detection.accounts.sessions import PasswordGiven, SignedIn, Started, Waiting
from detection.accounts.users import UserChangedError
from detection.followup.own_password import sign_in_with_new_password
from detection.language.sentences import error_text

LOGOUT = "/logout"
ALIVE = "/session"
"""Answers whether a session lives, without keeping it alive."""
_MOST_BYTES = 8_192
_NEW, _AGAIN = "new", "again"
"""Fields of the form that asks for a password of one's own."""
_REFUSED = HTTPStatus.BAD_REQUEST
_Outcome = Started | PasswordGiven | Waiting | None
_AT_ONCE = 2
"""Passwords that are checked at the same moment: each takes 64 MB."""
_STYLE = Path(__file__).with_name("login.css")


@dataclass(frozen=True)
class Login:
    """The routes of signing in and out.

    Attributes:
        serving: how the server is reached.
        access: whose session a token is.
        clock: ISO time.
        provider: whether people may sign in at an identity provider.
    """

    serving: Serving
    access: Access
    clock: Callable[[], str]
    provider: bool = False
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route(LOGIN, self._show, methods=["GET"]),
            Route(LOGIN, self._sign_in, methods=["POST"]),
            Route(f"{LOGIN}/style.css", lambda _: FileResponse(_STYLE), methods=["GET"]),
            Route(f"{LOGIN}/icon.svg", lambda _: FileResponse(ICON), methods=["GET"]),
            Route(LOGOUT, self._sign_out, methods=["POST"]),
            Route(ALIVE, lambda _: Response(status_code=HTTPStatus.NO_CONTENT), methods=["GET"]),
        ]

    async def _show(self, request: Request) -> Response:
        """The form; those who are signed in go on."""
        token = request.cookies.get(self.serving.session_cookie, "")
        signed_in = await run_in_threadpool(
            self.access.signed_in, token, self.clock(), private=self.serving.private
        )
        target = own_path(request.query_params.get("next", ""))
        if signed_in is not None:
            return RedirectResponse(target, HTTPStatus.SEE_OTHER)
        problem = next((name for name in ("ended", "refused") if name in request.query_params), "")
        return self._form(request, LoginForm(_language(request), target, problem=problem))

    async def _sign_in(self, request: Request) -> Response:
        """Check a name and a password; a new token each time, whatever the browser had before."""
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        form = LoginForm(
            _language(request), own_path(fields.get("next", "")), fields.get("name", ""), own=_NEW in fields
        )
        sent, kept = fields.get("form", ""), request.cookies.get(self.serving.form_cookie, "")
        if not kept or not hmac.compare_digest(sent.encode(), kept.encode()):
            return self._form(request, form.with_problem("form"), HTTPStatus.FORBIDDEN)
        if fields.get(_NEW) != fields.get(_AGAIN):
            return self._form(request, form.refused(text(form.language, "my_account.differ")), _REFUSED)
        address, at = request.client.host if request.client else "", self.clock()
        try:
            async with self._turn:
                outcome = await run_in_threadpool(self._checked, fields, address=address, at=at)
        except (WeakPasswordError, UserChangedError) as error:
            return self._form(request, form.refused(error_text(error, form.language)), _REFUSED)
        match outcome:
            case PasswordGiven():
                return self._form(request, replace(form, own=True).with_problem("given"))
            case Started(token):
                await self.access.end_session_of(request.cookies.get(self.serving.session_cookie, ""), at)
                return self._started(token, form.target)
            case Waiting(_, seconds):
                waiting = form.with_problem("waiting", minutes=-(-seconds // 60))
                answer = self._form(request, waiting, HTTPStatus.TOO_MANY_REQUESTS)
                answer.headers["Retry-After"] = str(seconds)
                return answer
        return self._form(request, form.with_problem("wrong"), HTTPStatus.UNAUTHORIZED)

    def _checked(self, fields: Mapping[str, str], *, address: str, at: str) -> _Outcome:
        """What becomes of a name and a password; with a new one, it is the user's from now on.

        Raises:
            WeakPasswordError: the new password is refused.
            UserChangedError: the user was changed at this moment.
        """
        accounts, name, password = self.access.accounts, fields.get("name", ""), fields.get("password", "")
        new = fields.get(_NEW)
        if new is None:
            return accounts.sessions.sign_in(name, password, address=address, at=at)
        return sign_in_with_new_password(accounts, name, old=password, new=new, address=address, at=at)

    async def _sign_out(self, request: Request) -> Response:
        """End the session, if its own page asks for it."""
        fields, signed_in = await _fields(request), request.scope.get(SIGNED_IN)
        sent = (fields or {}).get("form", "")
        if not isinstance(signed_in, SignedIn) or not signed_in.form_token:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        if not hmac.compare_digest(sent.encode(), signed_in.form_token.encode()):
            return PlainTextResponse(HTTPStatus.FORBIDDEN.phrase, HTTPStatus.FORBIDDEN)
        earlier = request.cookies.get(self.serving.session_cookie, "")
        await self.access.end_session_of(earlier, self.clock())
        answer = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
        answer.delete_cookie(self.serving.session_cookie, secure=self.serving.secure, httponly=True)
        return answer

    def _started(self, token: str, target: str) -> Response:
        answer = start_session(self.serving, token, target)
        answer.delete_cookie(self.serving.form_cookie, secure=self.serving.secure, httponly=True)
        return answer

    def _form(self, request: Request, form: LoginForm, status: HTTPStatus = HTTPStatus.OK) -> Response:
        """The page, with a secret that the form sends back and a cookie to compare it with."""
        secret = request.cookies.get(self.serving.form_cookie) or secrets.token_urlsafe(16)
        answer = login_page(form, secret, status, provider=self.provider)
        answer.set_cookie(
            self.serving.form_cookie, secret, httponly=True, samesite="strict", secure=self.serving.secure
        )
        return answer


def _language(request: Request) -> str:
    chosen = request.query_params.get("lang", "")
    return chosen if chosen in LANGUAGES else language_of_browser(request.headers.get("accept-language"))


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a form, each once; None where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
