"""Entries about what is no change of the store: files, purges, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from detection.audit.entry import EntryDraft, refused
from detection.followup.audit.anchoring import anchor_as_configured
from detection.store.connection import has_store
from detection.store.writer import Writer
from features.errors import StoreError, UsageError
from features.workspace import Workspace


@contextmanager
def logged(space: Workspace, request: EntryDraft) -> Iterator[None]:
    """What is done inside is entered by the store; a refusal is entered here, and the head is anchored at the end.

    Args:
        space: the workspace; one without a store has no log.
        request: who asks for what, with the action that would be entered.
    """
    try:
        with _refusals_entered(space, request):
            yield
    finally:
        anchor_as_configured(space)


def enter(space: Workspace, draft: EntryDraft) -> None:
    """Enter something before it happens; a workspace without a store has no log.

    Raises:
        StoreError: the store cannot be written; what would have been entered must not happen.
    """
    if has_store(space.store):
        Writer(space.store).enter(draft)


@contextmanager
def _refusals_entered(space: Workspace, request: EntryDraft) -> Iterator[None]:
    try:
        yield
    except UsageError as error:
        with suppress(StoreError):  # the refusal is what the caller has to know
            enter(space, refused(request, error.what))
        raise
