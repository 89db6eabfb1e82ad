"""What a user has typed in a form and not sent yet."""

from __future__ import annotations

import datetime as dt

from detection.cases.limits import limits
from detection.store.casework.tools.drafts import DraftStore, Fields
from features.workspace import open_workspace
from features.workspace.place import Where

__all__ = ["Fields", "drafts_of", "keep_draft"]


def drafts_of(workspace: Where, user: str) -> dict[str, Fields]:
    """All drafts of a user, by form.

    Raises:
        StoreError: the store cannot be read or written.
    """
    return DraftStore(open_workspace(workspace)).of(user)


def keep_draft(workspace: Where, user: str, form: str, fields: Fields, *, at: str) -> None:
    """Keep what a user has typed in a form in place of what was kept; nothing in any field drops it.

    Args:
        workspace: where it is.
        user: whose; nobody else reads it.
        form: name of the form.
        fields: texts by field.
        at: ISO time.

    Raises:
        StoreError: the store cannot be written.
    """
    typed = {name: text for name, text in fields.items() if text}
    oldest = dt.datetime.fromisoformat(at) - dt.timedelta(days=limits().draft_days)
    store = DraftStore(open_workspace(workspace))
    store.save(user, form, typed, at, older_than=oldest.isoformat(timespec="seconds"))
