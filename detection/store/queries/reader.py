"""One consistent reading of the store, which the queries of every screen share.

What the queries of this package return is masked: people, accounts, settlements and records by pseudonym,
institutions by name. Real ids come from `detection.store.queries.revealed` alone, which records the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detection.language.districts import NO_NAMES, DistrictNames, read_names
from detection.store.accounts.scope import limit_to_districts
from detection.store.connection import has_store, read_session
from detection.store.lost import refuse_lost_store
from detection.store.queries.directory import Directory
from detection.store.run_manifest import RunManifest, manifest_of
from detection.store.schema import AlertEvent, Run, State
from features.errors import FundwatchError, StoreError
from features.sealing import intact
from features.workspace import Workspace, open_workspace
from features.workspace.key import fingerprint
from features.workspace.place import Place, Where

__all__ = ["Place", "ReadError", "Reader", "Version", "open_finished", "open_reader", "open_store"]

ReadError = FundwatchError
"""Whatever keeps the store from being read; screens show it as it is."""


@dataclass(frozen=True)
class Version:
    """Which state of the store a screen shows; what is read for one version may be kept.

    Attributes:
        run_id: the run that readers see; None before the first run.
        last_event: the last thing done to an alert.
        key: fingerprint of the key that pseudonyms are made with.
    """

    run_id: str | None
    last_event: int
    key: str = ""


@dataclass(frozen=True)
class Reader:
    """One reading of the store: one consistent state, however long it lasts.

    Attributes:
        session, directory: rows and ids as the store has them; for the modules of this package only.
        workspace: folder of the runs and snapshots.
        scope: codes of the districts whose alerts are seen; None for all.
    """

    session: Session
    directory: Directory
    workspace: Workspace
    scope: Sequence[str] | None = None

    @cached_property
    def run(self) -> Run | None:
        """The run that readers see; None before the first."""
        return self.session.scalar(select(Run).join(State, State.current_run_id == Run.run_id))

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Warnings that every page about the current run must show.

        ``simulated``: its data are simulated. The policy profile's name, ``illustrative``: some policy values are
        invented, because no source is known.
        """
        profile = self.manifest.policy.profile
        return (*(("simulated",) if self.current_run().simulated else ()), *((profile,) if profile else ()))

    @cached_property
    def manifest(self) -> RunManifest:
        """What the run that readers see read, and by which policy.

        Raises:
            StoreError: no run has finished yet.
        """
        return manifest_of(self.current_run())

    @cached_property
    def districts(self) -> DistrictNames:
        """What the fund calls its districts, by code; empty where it gave no names.

        Raises:
            InputError: the file of names was spoiled in the workspace.
        """
        file = self.workspace.districts
        return read_names(file) if file.exists() else NO_NAMES

    def current_run(self) -> Run:
        """The run that readers see.

        Raises:
            StoreError: no run has finished yet.
        """
        if self.run is None:
            raise StoreError(
                "No run has finished in this workspace yet.",
                next_step="start one: fundwatch run --data DIR --workspace WS --area AREA",
            )
        return self.run

    def run_part(self, part: str, run_id: str = "") -> Path:
        """A folder or file of a run, the current one as default, unchanged since it was written; it may not exist.

        Raises:
            WorkspaceError: files in it are missing or were changed.
        """
        return intact(self.workspace.run(run_id or self.current_run().run_id), part)

    def snapshot_part(self, part: str) -> Path:
        """A folder or file of the data set of the current run, likewise."""
        folder = self.workspace.snapshot(self.current_run().snapshot_id)
        return self.workspace.intact_snapshot(folder, part)

    def version(self) -> Version:
        """The state of the store that this reading sees."""
        last = self.session.scalar(select(func.max(AlertEvent.event_id)))
        key = fingerprint(self.workspace.pseudonym_key())
        return Version(self.run.run_id if self.run else None, last or 0, key)

    @property
    def reveals(self) -> bool:
        """Whether ids appear as the source has them."""
        return self.directory.reveals

    def identity(self, kind: str, identity: str | None) -> str:
        """An id as this reader shows it: its pseudonym; empty for none."""
        return self.directory.identity(kind, identity)

    def name(self, kind: str, identity: str | None) -> str:
        """The name of an institution; anything else as `identity` shows it."""
        return self.directory.name(kind, identity)

    def sentence(self, text: str, *, named: bool = True) -> str:
        """A stored sentence with its ids as this reader shows them, institutions by name where ``named``."""
        return self.directory.sentence(text, named=named)


@contextmanager
def open_store(workspace: Workspace, scope: Sequence[str] | None = None) -> Iterator[Reader]:
    """A masked reading of a workspace's store.

    Args:
        workspace: whose.
        scope: codes of the districts whose alerts are seen; None for all.

    Raises:
        StoreError: no run yet, not readable, or of another version.
    """
    refuse_lost_store(workspace)
    with read_session(workspace.store) as session:
        limit_to_districts(session, scope)
        yield Reader(session, Directory(session, workspace.pseudonym_key()), workspace, scope)


@contextmanager
def open_finished(workspace: Workspace, scope: Sequence[str] | None = None) -> Iterator[Reader | None]:
    """The same; None where no run has finished yet.

    Raises:
        StoreError: the store cannot be read.
    """
    refuse_lost_store(workspace)
    if not has_store(workspace.store):
        yield None
        return
    with open_store(workspace, scope) as reader:
        yield reader if reader.run else None


@contextmanager
def open_reader(where: Where, scope: Sequence[str] | None = None) -> Iterator[Reader | None]:
    """The same for a workspace that is not open yet.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store cannot be read.
    """
    with open_finished(open_workspace(where), scope) as reader:
        yield reader
