"""A writer of packets and cases for somebody who may work on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from detection.accounts.rights import NotAllowedError
from detection.audit.entry import EntryDraft, refused
from detection.cases.moves import Actor
from detection.followup.audit.anchoring import anchored
from detection.followup.audit.entering import enter
from detection.followup.whole_fund import refuse_districts
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

Writer = TypeVar("Writer")


@contextmanager
def writing(
    workspace: Where,
    actor: Actor,
    kind: Callable[[Workspace], Writer],
    request: EntryDraft,
) -> Iterator[Writer]:
    """The writer of what does not keep to districts; afterwards the head of the audit log is anchored.

    Args:
        workspace: where it is.
        actor: who acts.
        kind: of the writer.
        request: what for; a refusal of it is entered in the audit log.

    Raises:
        NotAllowedError: the actor is limited to districts.
    """
    space = open_workspace(workspace)
    with anchored(space):
        try:
            refuse_districts(actor)
        except NotAllowedError as error:
            enter(space, refused(request, error.what))
            raise
        yield kind(space)


@contextmanager
def writing_within(workspace: Where, kind: Callable[[Workspace], Writer]) -> Iterator[Writer]:
    """The writer of what keeps to the actor's districts by itself; afterwards the head of the log is anchored."""
    space = open_workspace(workspace)
    with anchored(space):
        yield kind(space)
