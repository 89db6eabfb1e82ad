"""Files that are taken away from the screens: bounded, masked, and recorded before they are given out."""

from __future__ import annotations

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.export.lists.alerts import AlertList
from detection.export.lists.evidence import AlertEvidence
from detection.export.lists.indicators import IndicatorList
from detection.export.lists.listing import ExportedList, file_of
from detection.export.lists.recovery import RecoveryList
from detection.export.lists.risk import RiskSubjects
from detection.export.recorded import Recorded
from detection.followup.audit.entering import logged
from detection.followup.limits import limits
from detection.store.queries.reader import open_store
from features.errors import UsageError
from features.workspace import open_workspace
from features.workspace.place import Where

__all__ = [
    "LIST_FORMATS",
    "AlertEvidence",
    "AlertList",
    "ExportedList",
    "IndicatorList",
    "RecoveryList",
    "RiskSubjects",
    "export_list",
]

LIST_FORMATS = ("xlsx", "csv")
"""What a list of a screen can become."""
_LIMITED = (AlertList, AlertEvidence)
"""Lists that can be limited to districts."""


def export_list(
    workspace: Where, listed: ExportedList, *, file_format: str, language: str, actor: Actor, at: str
) -> bytes:
    """A list of a screen as a file.

    Args:
        workspace: where the workspace is.
        listed: which list, with the filters of the screen.
        file_format: one of `LIST_FORMATS`.
        language: of headings and codes, ``en`` or ``zh``.
        actor: who takes it away; their role must have the right to export.
        at: ISO time.

    Raises:
        NotAllowedError: the role may not export, or the list is of the whole fund and the actor of some districts.
        UsageError: there is no such list, or it has more rows than a file of a screen may have.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    request = EntryDraft(at, actor.name, "export", f"list:{listed.what}", actor.role.value)
    with logged(space, request), open_store(space, actor.districts) as reader:
        actor.require(Right.export_files)
        if not isinstance(listed, _LIMITED):
            actor.require_whole_fund()
        listing = listed.listing(reader, language)
        _refuse_long(len(listing.rows))
        recorded = Recorded(space, actor.name, actor.role.value, at)
        mark = recorded.begin(listed.what, listed.detail, file_format, len(listing.rows))
        content = file_of(listed, listing, reader, language, file_format, mark)
        recorded.end(mark, listed.what, content)
    return content


def _refuse_long(rows: int) -> None:
    most = limits().most_rows
    if rows > most:
        raise UsageError(
            "A file of the screens has {most:,} rows at most; this list has {rows:,}.",
            next_step="narrow the list, or use the command line: fundwatch export",
            most=most,
            rows=rows,
        )
