"""Answers that both ways of signing in share."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse

from dashboard.gate.gate import LOGIN
from dashboard.gate.serving import Serving


def start_session(serving: Serving, token: str, target: str) -> RedirectResponse:
    """Go on to a path of this server, with the session's cookie."""
    answer = RedirectResponse(target, HTTPStatus.SEE_OTHER)
    answer.set_cookie(serving.session_cookie, token, httponly=True, samesite="lax", secure=serving.secure)
    return answer


def own_path(text: str) -> str:
    """A path of this server to go on to; the first page for all else."""
    parts = urlsplit(text)
    plain = text.isascii() and text.isprintable() and "\\" not in text and not text.startswith("//")
    if not plain or parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path == LOGIN:
        return "/"
    return text
