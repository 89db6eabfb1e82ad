"""Files of leads and cases: kept, listed, taken away."""

from __future__ import annotations

from detection.audit.entry import EntryDraft
from detection.cases.moves import Actor
from detection.followup.casework.writing import writing
from detection.store.casework.tools.documents import DocumentWriter, Filed, NewFile
from features.workspace.place import Where

__all__ = ["Filed", "NewFile", "add_file", "read_file"]


def add_file(
    workspace: Where, case_id: str, file: NewFile, *, actor: Actor, at: str, seen: int | None = None
) -> Filed:
    """Keep a file of a lead or a case in the store, by the hash of its bytes.

    Args:
        workspace: where it is.
        case_id: number of the lead or case.
        file: name, bytes, and what it is.
        actor: an inspector of it, or a supervisor.
        at: ISO time.
        seen: the last event that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        MoveRefusedError: the actor may not; ``problems`` has all reasons.
        UsageError: its type or size is not one that is kept, there is no such case, or another act came between.
        StoreError: the store cannot be written.
    """
    request = EntryDraft(at, actor.name, "add_file", f"case:{case_id}", actor.role)
    with writing(workspace, actor, DocumentWriter, request) as writer:
        return writer.add(case_id, file, actor, at, seen)


def read_file(workspace: Where, document_id: int, *, actor: Actor, at: str) -> tuple[str, bytes]:
    """Name and bytes of a file, once it is entered in the audit log who took it.

    Raises:
        UsageError: there is none, its bytes were removed, or the actor may not.
        StoreError: it is damaged, or the store cannot be written.
    """
    request = EntryDraft(at, actor.name, "download_file", f"file:{document_id}", actor.role)
    with writing(workspace, actor, DocumentWriter, request) as writer:
        return writer.read(document_id, actor, at)
