"""Which provider, and what its groups mean here: a TOML file that the operator writes.

::

    issuer = "https://id.example"
    client_id = "fundwatch"
    client_secret_file = "/etc/fundwatch/oidc_secret"   # left out for a public client
    name_claim = "preferred_username"
    groups_claim = "groups"

    [roles]
    fund-inspectors = "inspector"

    [districts]          # left out: everybody sees all districts
    chongchuan-office = ["320613"]
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from detection.accounts.rights import USER_ROLES, Role
from features.dated import TomlModel
from features.errors import InputError
from features.message import verbatim

_LOCAL = ("127.0.0.1", "localhost", "::1")


class ProviderSettings(TomlModel):
    """The content of the file."""

    issuer: str
    client_id: str
    client_secret_file: str = ""
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    roles: dict[str, str]
    districts: dict[str, list[str]] = Field(default_factory=dict)

    def secret(self) -> str | None:
        """The client's secret; None for a public client."""
        if not self.client_secret_file:
            return None
        return Path(self.client_secret_file).read_text(encoding="utf-8").strip()

    def role_of(self, groups: list[str]) -> Role | None:
        """The role that groups mean; None where they mean none, or more than one."""
        named = {self.roles[group] for group in groups if group in self.roles}
        return Role(named.pop()) if len(named) == 1 else None

    def districts_of(self, groups: list[str]) -> tuple[str, ...] | None:
        """The districts that groups mean; None for all, where the file limits nobody."""
        if not self.districts:
            return None
        return tuple(sorted({code for group in groups for code in self.districts.get(group, ())}))


def read_settings(file: Path) -> ProviderSettings:
    """Read the file.

    Raises:
        InputError: it cannot be read, has other entries, names another role, or an issuer without TLS.
    """
    try:
        settings = ProviderSettings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        kind = error.errors()[0]["msg"] if isinstance(error, ValidationError) else type(error).__name__
        raise InputError(
            "The settings of the identity provider cannot be used.",
            where=str(file),
            next_step="write them as docs/security.md shows",
            problems=[verbatim(kind)],
        ) from None
    roles = {role.value for role in USER_ROLES}
    if not secure(settings.issuer) or not set(settings.roles.values()) <= roles:
        raise InputError(
            "The issuer needs https, and groups can mean these roles only: {names}.",
            where=str(file),
            next_step="write them as docs/security.md shows",
            names=sorted(roles),
        )
    return settings


def secure(address: str) -> bool:
    """Whether an address is reached over TLS, or is of this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
