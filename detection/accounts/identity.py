"""Who a user is at the fund's identity provider."""

from __future__ import annotations

from dataclasses import dataclass

from detection.accounts.provider.settings import secure
from features.errors import UsageError

_LONGEST = 255


@dataclass(frozen=True)
class ProviderIdentity:
    """Somebody at an identity provider.

    Attributes:
        issuer: the provider's address, as its settings have it.
        subject: what the provider calls them for good (the claim ``sub``).
    """

    issuer: str
    subject: str

    def refuse_unusable(self) -> None:
        """Refuse what no provider sends.

        Raises:
            UsageError: the issuer has no TLS, or a part is empty or too long.
        """
        whole = self.subject.strip() == self.subject != ""
        if not (whole and len(self.subject) <= _LONGEST and secure(self.issuer)):
            raise UsageError(
                "Somebody at the identity provider is named by its address and by what it calls them.",
                next_step="name both: the issuer with https, and the claim sub",
            )


def identity_typed(issuer: str, subject: str) -> ProviderIdentity | None:
    """What was typed into two fields; None where both are empty.

    Raises:
        UsageError: one is empty, or no provider sends it.
    """
    if not issuer.strip() and not subject.strip():
        return None
    identity = ProviderIdentity(issuer.strip(), subject.strip())
    identity.refuse_unusable()
    return identity
