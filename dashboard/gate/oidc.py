"""Signing in at the fund's identity provider: the way there, and the way back into a session of our own."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.gate.access import Access
from dashboard.gate.answers import own_path, start_session
from dashboard.gate.gate import CALLBACK, LOGIN, OIDC
from dashboard.gate.serving import Serving
from detection.accounts.provider.client import AuthorizationRequest, Provider, ProviderError
from detection.accounts.provider.people import user_of
from detection.accounts.users import UserChangedError

logger = logging.getLogger(__name__)
_MOST_PENDING = 1_000
_LONGEST_SECONDS = 300


@dataclass(frozen=True)
class _Pending:
    """A browser that was sent to the provider: what it came with, where it goes on to, and whose cookie it has."""

    sent: AuthorizationRequest
    target: str
    cookie: str


@dataclass(frozen=True)
class ProviderLogin:
    """The routes to the provider and back.

    Attributes:
        serving: how the server is reached.
        access: the accounts.
        provider: where people sign in.
        clock: ISO time.
    """

    serving: Serving
    access: Access
    provider: Provider
    clock: Callable[[], str]
    _pending: dict[str, _Pending] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """Both."""
        return [Route(OIDC, self._leave, methods=["GET"]), Route(CALLBACK, self._come_back, methods=["GET"])]

    async def _leave(self, request: Request) -> Response:
        """Send the browser to the provider; what it must bring back is kept here, bound to a cookie."""
        try:
            sent = await run_in_threadpool(self.provider.authorization_request)
        except ProviderError as error:
            return _refused(error)
        if len(self._pending) >= _MOST_PENDING:
            self._pending.pop(next(iter(self._pending)))
        cookie = secrets.token_urlsafe(32)
        self._pending[sent.state] = _Pending(sent, own_path(request.query_params.get("next", "")), cookie)
        answer = RedirectResponse(sent.address, HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            self.serving.provider_cookie,
            cookie,
            max_age=_LONGEST_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self.serving.secure,
        )
        return answer

    async def _come_back(self, request: Request) -> Response:
        """Exchange what the provider sent for a session of our own; each state serves once."""
        pending = self._pending.pop(request.query_params.get("state", ""), None)
        cookie = request.cookies.get(self.serving.provider_cookie, "")
        code, at = request.query_params.get("code", ""), self.clock()
        address = request.client.host if request.client else ""
        token, problem = None, None
        if pending is not None and hmac.compare_digest(cookie.encode(), pending.cookie.encode()):
            try:
                token = await run_in_threadpool(self._session_of, pending.sent, code, address, at)
            except ProviderError as error:
                problem = error
        if pending is None or token is None:
            sessions = self.access.accounts.sessions
            await run_in_threadpool(sessions.refuse_elsewhere, address=address, at=at)
            return _refused(problem)
        await self.access.end_session_of(request.cookies.get(self.serving.session_cookie, ""), at)
        answer = start_session(self.serving, token, pending.target)
        answer.delete_cookie(self.serving.provider_cookie, secure=self.serving.secure, httponly=True)
        return answer

    def _session_of(self, sent: AuthorizationRequest, code: str, address: str, at: str) -> str | None:
        claims = self.provider.claims(sent, code)
        accounts = self.access.accounts
        try:
            user = user_of(accounts.store, self.provider.settings, claims, at)
            return None if user is None else accounts.sessions.start(user, address=address, at=at).token
        except UserChangedError:  # by an administrator, at this moment
            return None


def _refused(error: ProviderError | None = None) -> Response:
    """Back to the page to sign in, without a word about why; the server's log has the kind."""
    if error is not None:
        logger.warning("Identity provider: %s (%s)", error.what, type(error.__cause__).__name__)
    return RedirectResponse(f"{LOGIN}?refused=1", HTTPStatus.SEE_OTHER)
