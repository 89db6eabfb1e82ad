"""Security headers of every HTTP answer."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.gate.serving import Serving

_YEAR = 31_536_000


def policy(serving: Serving) -> str:
    """The content security policy: nothing is loaded from, or sent to, any other server.

    Streamlit and Vega build code and styles in the browser: 'unsafe-inline' and 'unsafe-eval' cannot be left out.
    """
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in serving.origins if "[" not in origin)
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(serving: Serving) -> dict[str, str]:
    """The headers. Referrers stay on this server: without any, browsers would not name the origin of a form."""
    headers = {
        "Content-Security-Policy": policy(serving),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    if serving.secure:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return headers


class SecurityHeaders:
    """Puts the security headers on every HTTP answer."""

    def __init__(self, app: ASGIApp, *, serving: Serving) -> None:
        self.app = app
        self._headers = security_headers(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
