"""The feedback sheet of a sender; marked, and recorded with its hash before it is given out."""

from __future__ import annotations

from detection.accounts import rights
from detection.accounts.rights import Right, Role
from detection.audit.entry import EntryDraft
from detection.cases.moves import Actor
from detection.export.lists.lead_feedback import feedback_file
from detection.export.recorded import Recorded
from detection.followup.audit.entering import logged
from detection.followup.outside.rights import require
from detection.store.queries.leads.feedback import feedback_lines
from detection.store.queries.reader import open_store
from features.errors import UsageError
from features.workspace import open_workspace
from features.workspace.place import Where

FEEDBACK_FORMATS = ("xlsx", "csv")
"""What a feedback sheet can be."""
_WHAT = "lead_feedback"


def feedback(
    workspace: Where, sender: str, *, language: str, actor: Actor, at: str, file_format: str = "xlsx"
) -> bytes:
    """What goes back to a sender: for each of its leads number, state, day, and what may be said of the outcome.

    Args:
        workspace: where it is.
        sender: as lists show it.
        language: of headings and codes, ``en`` or ``zh``.
        actor: who takes it away; their role must have the right to export files and to see leads.
        at: ISO time.
        file_format: one of `FEEDBACK_FORMATS`.

    Raises:
        NotAllowedError: the role may not, or the actor is limited to districts.
        UsageError: the sender sent no lead.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    with logged(space, EntryDraft(at, actor.name, "export", f"list:{_WHAT}", actor.role)):
        rights.Actor(actor.name, Role(actor.role), actor.districts).require(Right.export_files)
        require(actor, Right.see_leads)
        with open_store(space) as reader:
            lines = feedback_lines(reader, sender.strip())
            if not lines:
                raise UsageError("This sender sent no lead.", next_step="see who did: fundwatch leads list")
            recorded = Recorded(space, actor.name, actor.role, at)
            mark = recorded.begin(_WHAT, f"sender={sender.strip()}", file_format, len(lines))
            content = feedback_file(reader, lines, language, file_format, mark)
            recorded.end(mark, _WHAT, content)
    return content
