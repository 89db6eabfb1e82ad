"""A small OpenID provider on this machine, written with Authlib's server side: it lets in whoever it is set to."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    AuthorizationServer,
    ClientMixin,
    OAuth2Request,
    grants,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc.jwk import ECKey

CLIENT, SECRET = "fundwatch", secrets.token_urlsafe(16)
_ALGORITHM = "ES256"


class _Request(OAuth2Request):
    """A request whose form and query are its payload."""

    @property
    def form(self) -> dict[str, str]:
        data: dict[str, str] = self.payload.data
        return data


class _Client(ClientMixin):
    """The one client that it knows."""

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/login/provider/back")

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code(AuthorizationCodeMixin):
    """What it remembers of a code."""

    code: str
    user: dict[str, object]
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class _CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        data = request.payload.data
        self.server.codes[code] = _Code(
            code,
            request.user,
            data["redirect_uri"],
            request.scope,
            data["nonce"],
            data["code_challenge"],
            data["code_challenge_method"],
        )

    def query_authorization_code(self, code: str, client: _Client) -> _Code | None:
        known: _Code | None = self.server.codes.get(code)
        return known

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        del self.server.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: _Code) -> dict[str, object]:
        return authorization_code.user


class _OpenID(OpenIDCode):
    def __init__(self, provider: IdentityProvider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False

    def resolve_client_private_key(self, client: _Client) -> ECKey:
        return self.provider.key

    def get_client_algorithm(self, client: _Client) -> str:
        return _ALGORITHM

    def get_client_claims(self, client: _Client) -> dict[str, object]:
        return {"iss": self.provider.issuer, "aud": [CLIENT]}

    def generate_user_info(self, user: dict[str, object], scope: str) -> dict[str, object]:
        return user


class _Server(AuthorizationServer):
    def __init__(self, provider: IdentityProvider) -> None:
        super().__init__(scopes_supported=["openid", "profile"])
        self.codes: dict[str, _Code] = {}
        self.register_grant(_CodeGrant, [_OpenID(provider), CodeChallenge(required=True)])
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(16)))

    def query_client(self, client_id: str) -> _Client | None:
        return _Client() if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        """Nothing asks for it again."""

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def handle_response(self, status: int, body: object, headers: list[tuple[str, str]]) -> tuple[Any, ...]:
        return status, body, headers

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nothing listens."""


@dataclass
class IdentityProvider:
    """A provider.

    Attributes:
        issuer: its address.
        user: claims about who signs in next; whoever comes is let in as them.
        stated: what its discovery says instead of the truth.
        key: signs its tokens.
        published: its public key as it says; another one than it signs with is a forgery.
    """

    issuer: str
    user: dict[str, object]
    stated: dict[str, object] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    published: ECKey | None = None

    def __post_init__(self) -> None:
        self._server = _Server(self)

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.stated

    def keys(self) -> dict[str, object]:
        return {"keys": [(self.published or self.key).as_dict(private=False)]}

    def answer(self, method: str, path: str, headers: dict[str, str], body: str) -> tuple[Any, ...]:
        """Status, body and headers."""
        parts = urlsplit(path)
        request = _Request(method, f"{self.issuer}{path}", headers=headers)
        request.payload = BasicOAuth2Payload(dict(parse_qsl(body or parts.query)))
        match parts.path:
            case "/.well-known/openid-configuration":
                return 200, self.discovery(), []
            case "/keys":
                return 200, self.keys(), []
            case "/authorize":
                request.user = self.user
                grant = self._server.get_authorization_grant(request)
                return tuple(self._server.create_authorization_response(request, self.user, grant))
            case "/token":
                return tuple(self._server.create_token_response(request))
        return 404, {}, []


@contextmanager
def identity_provider(**user: object) -> Iterator[IdentityProvider]:
    """A provider that answers on a free port of this machine while the block lasts."""
    provider: list[IdentityProvider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, content, headers = provider[0].answer(self.command, self.path, dict(self.headers), body)
            written = content if isinstance(content, str) else json.dumps(content)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(written.encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.append(IdentityProvider(f"http://localhost:{server.server_port}", user))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
