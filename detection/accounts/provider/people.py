"""Who the provider says signed in, as a user of ours: made at the first sign-in, brought up to date at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detection.accounts.provider.settings import ProviderSettings
from detection.accounts.rights import Actor, Role
from detection.accounts.users import entry_of, usable_name, user_name
from detection.store.accounts.records import IdentityTakenError, UserRecord
from detection.store.accounts.store import AccountStore

BY_PROVIDER = Actor("identity provider", Role.terminal)


def user_of(
    store: AccountStore, settings: ProviderSettings, claims: Mapping[str, object], at: str
) -> UserRecord | None:
    """The user that claims are about; None where they may not come in.

    A name that a local user has, or another person of the provider, is not taken over, and nobody becomes a second user
    by another name: whoever needs two people would be both. Groups that mean no role, or more than one, let nobody in.

    Args:
        store: of the users.
        settings: what groups mean.
        claims: checked claims of the provider.
        at: ISO time.

    Raises:
        UserChangedError: an administrator changed the user at this moment.
    """
    name = user_name(str(claims.get(settings.name_claim, "")))
    listed = claims.get(settings.groups_claim)
    groups = [str(group) for group in listed] if isinstance(listed, list) else []
    role, districts = settings.role_of(groups), settings.districts_of(groups)
    if role is None or districts == () or not usable_name(name):
        return None
    known = store.user(name)
    identity = (settings.issuer, str(claims["sub"]))
    if known is None:
        user = UserRecord(
            name=name,
            display_name=str(claims.get("name") or name),
            role=role.value,
            districts=districts,
            password_hash=None,
            created_at=at,
            issuer=identity[0],
            subject=identity[1],
        )
        try:
            added = store.add_user(user, entry_of(user, "user_add", BY_PROVIDER, at))
        except IdentityTakenError:
            return None
        return user if added else None
    if (known.issuer, known.subject) != identity or known.disabled_at is not None:
        return None
    user = replace(known, role=role.value, districts=districts)
    if user != known:
        store.change_user(known, user, entry_of(user, "user_groups", BY_PROVIDER, at))
    return user
