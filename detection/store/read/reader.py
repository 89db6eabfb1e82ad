"""What every screen's queries share: the store's session, the run that readers see, and ids masked on their way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detection.masking import mask, render
from detection.store.read import open_session
from detection.store.schema import AlertEvent, Institution, Run, State
from features.errors import FundwatchError
from features.workspace import Workspace, open_workspace

ReadError = FundwatchError
"""Whatever keeps the store from being read; screens show it as it is."""


@dataclass(frozen=True)
class Version:
    """Which state of the store a screen shows; what is read for one version may be kept.

    Attributes:
        run_id: the run that readers see; None before the first run.
        last_event: the last thing done to an alert.
    """

    run_id: str | None
    last_event: int


@dataclass(frozen=True)
class Reader:
    """One reading of the store. Ids leave it masked.

    Attributes:
        session: read-only session of the store.
        workspace: folder of the runs and snapshots.
        key: secret of the masked ids.
    """

    session: Session
    workspace: Workspace
    key: bytes

    @cached_property
    def run(self) -> Run | None:
        """The run that readers see."""
        state = self.session.scalar(select(State))
        return self.session.get(Run, state.current_run_id) if state and state.current_run_id else None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the institutions by id: institutions are public, people are not."""
        return {one.provider_id: one.name for one in self.session.scalars(select(Institution))}

    @cached_property
    def institutions(self) -> Mapping[str, str]:
        """Ids of the institutions by pseudonym, so that an address never holds an id."""
        return {self.masked("provider", provider_id): provider_id for provider_id in self.names}

    def version(self) -> Version:
        """The state of the store that this reading sees."""
        last = self.session.scalar(select(func.max(AlertEvent.event_id)))
        return Version(self.run.run_id if self.run else None, last or 0)

    def masked(self, kind: str, identity: str | None) -> str:
        """The pseudonym of an id; empty for none."""
        return mask(self.key, identity, kind) if identity else ""

    def shown(self, kind: str, identity: str | None) -> str:
        """An institution's name, anything else masked."""
        named = self.names.get(identity or "") if kind == "provider" else None
        return named or self.masked(kind, identity)

    def sentence(self, text: str) -> str:
        """A stored sentence with its ids masked and institutions named."""
        return render(text, self.key, names=self.names)


@contextmanager
def open_reader(root: Path) -> Iterator[Reader | None]:
    """A reading of a workspace's store; None where no run has finished yet.

    Raises:
        WorkspaceError: not a workspace.
        StoreError: the store cannot be read.
    """
    workspace = open_workspace(root)
    if not workspace.store.exists():
        yield None
        return
    with open_session(workspace) as session:
        reader = Reader(session, workspace, workspace.pseudonym_key())
        yield reader if reader.run else None
