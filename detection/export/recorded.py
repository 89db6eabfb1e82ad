"""Files that leave are recorded first: their number goes into their mark, and their hash into the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from detection.audit.entry import EntryDraft, Values
from detection.export.mark import Mark, file_hash
from detection.store.writer import Writer
from features.workspace import Workspace


@dataclass(frozen=True)
class Recorded:
    """How the files of one act are recorded.

    Attributes:
        workspace: whose.
        actor, role: who takes them, as what.
        at: ISO time.
    """

    workspace: Workspace
    actor: str
    role: str
    at: str

    def begin(self, what: str, detail: str, file_format: str, rows: int) -> Mark:
        """Record that a file is taken; its mark.

        Args:
            what: which list or document.
            detail: which part of it.
            file_format: ``xlsx``, ``csv``, ``parquet``, ``json``, ``pdf`` or ``docx``.
            rows: how many rows.

        Raises:
            StoreError: the record cannot be written.
        """
        number = Writer(self.workspace.store).export(
            actor=self.actor,
            role=self.role,
            what=what,
            detail=detail,
            file_format=file_format,
            rows=rows,
            at=self.at,
        )
        return Mark(number, self.actor, self.at)

    def end(self, mark: Mark, what: str, content: bytes) -> None:
        """Enter the hash of a file before it leaves.

        Raises:
            StoreError: the entry cannot be written.
        """
        after: Values = {"of_export": mark.number, "file_hash": file_hash(content), "bytes": len(content)}
        draft = EntryDraft(self.at, self.actor, "export_file", f"list:{what}", role=self.role, after=after)
        Writer(self.workspace.store).enter(draft)
