"""A writer of packets and cases for somebody who may work on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from detection.cases.moves import Actor
from detection.followup.audit.anchoring import anchored
from detection.followup.whole_fund import refuse_districts
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

Writer = TypeVar("Writer")


@contextmanager
def writing(workspace: Where, actor: Actor, kind: Callable[[Workspace], Writer]) -> Iterator[Writer]:
    """The writer; afterwards the head of the audit log is anchored.

    Raises:
        NotAllowedError: the actor is limited to districts, which packets and cases do not keep to.
    """
    refuse_districts(actor)
    space = open_workspace(workspace)
    with anchored(space):
        yield kind(space)
