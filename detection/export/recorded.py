"""Files that leave are recorded first: their number goes into their mark, and their hash into the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from detection.audit.entry import EntryDraft, Values
from detection.export.mark import Mark, file_hash
from detection.store.writer import Writer
from features.errors import StoreError
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
        with self._writer() as writer:
            number = writer.export(
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
        with self._writer() as writer:
            writer.enter(draft)

    @contextmanager
    def _writer(self) -> Iterator[Writer]:
        """The store, open for a record.

        Raises:
            StoreError: it cannot be written, and so the file stays here; why is among the problems.
        """
        store = self.workspace.store
        try:
            yield Writer(store)
        except StoreError as error:
            raise StoreError(
                "No file leaves without its record in the audit log, and the record cannot be written.",
                where=error.where,
                problems=[error.what, *error.problems],
                next_step="take the file as an account that may write to the workspace, or free space on its disk"
                if isinstance(store, Path)
                else error.next_step,
            ) from error
