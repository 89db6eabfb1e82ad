"""The provider as its client sees it: where to send the browser, and who came back (Authlib)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import requests
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session

from detection.accounts.provider.settings import ProviderSettings, secure
from features.errors import UsageError

_SECONDS = 10
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderError(UsageError):
    """The provider does not answer as it should; the words are for the operator, not for the browser."""


@dataclass(frozen=True)
class AuthorizationRequest:
    """What a browser was sent to the provider with: kept here, and compared when it comes back.

    Attributes:
        address: where the browser goes.
        state: comes back in the address.
        nonce: comes back in the signed token.
        verifier: proves that the code was requested here (PKCE).
    """

    address: str
    state: str
    nonce: str
    verifier: str


class _Tokens(OpenIDMixin):
    """Authlib's check of an id token: signature, issuer, audience, nonce, time."""

    def __init__(self, client_id: str, metadata: dict[str, Any], keys: dict[str, Any]) -> None:
        self.client_id = client_id
        self.server_metadata = metadata
        self._keys = keys

    def load_server_metadata(self) -> dict[str, Any]:
        return self.server_metadata

    def fetch_jwk_set(self, force: bool = False) -> dict[str, Any]:
        return self._keys


@dataclass(frozen=True)
class Provider:
    """An identity provider, known by its issuer alone.

    Attributes:
        settings: which provider, and who we are to it.
        callback: our address that it sends browsers back to.
    """

    settings: ProviderSettings
    callback: str

    def authorization_request(self) -> AuthorizationRequest:
        """A new request to sign in.

        Raises:
            ProviderError: the provider cannot be reached, or is another, or the client's secret cannot be read.
        """
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        address, _ = self._session().create_authorization_url(
            self._metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
        return AuthorizationRequest(str(address), state, nonce, verifier)

    def claims(self, sent: AuthorizationRequest, code: str) -> Mapping[str, object]:
        """What the provider says of who signed in; its signature, issuer, audience, nonce and time are checked.

        Raises:
            ProviderError: the code or the token does not hold.
        """
        try:
            token = self._session().fetch_token(
                self._metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=sent.verifier,
                timeout=_SECONDS,
                allow_redirects=False,
            )
            tokens = _Tokens(self.settings.client_id, self._metadata, self._get(self._metadata["jwks_uri"]))
            claims = tokens.parse_id_token(token, nonce=sent.nonce)
        except Exception as error:  # whatever is wrong with a token: it lets nobody in
            raise _unusable() from error
        if claims is None or not claims.get("sub"):
            raise _unusable()
        return dict(claims)

    @cached_property
    def _metadata(self) -> dict[str, Any]:
        """What the issuer says of itself; it must be the issuer that is configured."""
        issuer = self.settings.issuer
        metadata = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        ends = [metadata.get(name) for name in _ENDPOINTS]
        if metadata.get("issuer") != issuer or not all(isinstance(end, str) and secure(end) for end in ends):
            raise _unusable()
        return metadata | {"id_token_signing_alg_values_supported": list(_ALGORITHMS)}

    def _session(self) -> OAuth2Session:
        try:
            secret = self.settings.secret()
        except (OSError, ValueError) as error:  # the file is gone, or no text
            raise _unusable() from error
        return OAuth2Session(
            self.settings.client_id,
            secret,
            scope="openid profile",
            redirect_uri=self.callback,
            code_challenge_method="S256",
        )

    def _get(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            content = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise _unusable() from error
        if not isinstance(content, dict):
            raise _unusable()
        return content


def _unusable() -> ProviderError:
    return ProviderError(
        "The identity provider does not answer as it should.",
        next_step="see that the issuer and the client of the settings are right",
    )
