"""The head of the log goes outside after every command and every act, where the fund configured it."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from detection.audit.anchors import Anchor, append_anchor
from detection.audit.entry import EntryDraft
from detection.audit.settings import AnchorSettings, read_settings, refuse_settings, write_settings
from detection.store.lost import refuse_lost_store
from detection.store.queries.audit.reading import head
from detection.store.queries.reader import open_store
from detection.store.writer import Writer
from features.errors import FundwatchError, UsageError
from features.message import Message
from features.workspace import Workspace

logger = logging.getLogger(__name__)

_SECONDS = 20
"""For another process to end its anchoring, and for the program."""


def anchor_to(space: Workspace, file: Path) -> tuple[Anchor, bool]:
    """Append the head of the log to a file.

    Returns:
        The head, and whether the file did not have it yet.

    Raises:
        UsageError: the file cannot be written.
        InputError: it is no anchor file, or knows of entries that the log does not have.
        StoreError: the store cannot be read.
    """
    # Two heads that are anchored at the same time would be out of order.
    with FileLock(space.root / "audit_anchor.lock", timeout=_SECONDS, fallback_to_soft=False):
        newest = current_head(space)
        return newest, append_anchor(file, newest)


def anchor_as_configured(space: Workspace) -> Message | None:
    """Anchor the head as the settings of the workspace say; a failure stops nothing.

    Returns:
        What went wrong; None where nothing did, or nothing is configured.
    """
    try:
        settings = read_settings(space.root)
        if settings != AnchorSettings():
            _anchor(space, settings)
    except FundwatchError as error:
        problem = Message("The head of the audit log was not anchored: {problem}", problem=error.what)
    except (OSError, Timeout, subprocess.SubprocessError) as error:
        problem = Message(
            "The head of the audit log was not anchored: {problem}", problem=type(error).__name__
        )
    else:
        return None
    logger.warning("%s", problem)
    return problem


@contextmanager
def anchored(space: Workspace) -> Iterator[None]:
    """Acts, or one that is refused, after which the head is anchored as configured."""
    try:
        yield
    finally:
        anchor_as_configured(space)


def configure(space: Workspace, *, file: Path | None, program: Path | None, actor: str, at: str) -> None:
    """Keep where heads are anchored from now on, and enter it: a log that is anchored nowhere any more says so.

    Raises:
        UsageError: a path is not absolute, lies in the workspace, or the program is none.
        StoreError: the store is lost, or cannot be written.
    """
    refuse_lost_store(space)
    settings = AnchorSettings(str(file or ""), str(program or ""))
    refuse_settings(space.root, settings)
    draft = EntryDraft(
        at, actor, "anchor", "workspace", after={"file": settings.file, "program": settings.program}
    )
    Writer(space.store).enter(draft)
    write_settings(space.root, settings)  # after the entry: no anchor is moved without one


def current_head(space: Workspace) -> Anchor:
    """The head of the log.

    Raises:
        UsageError: the log is empty.
        StoreError: the store cannot be read.
    """
    with open_store(space) as reader:
        newest = head(reader)
    if newest is None:
        raise UsageError(
            "The audit log is empty.", next_step="verify it: fundwatch audit verify --anchor FILE"
        )
    return Anchor(newest.number, newest.hash, newest.at)


def _anchor(space: Workspace, settings: AnchorSettings) -> None:
    newest = anchor_to(space, Path(settings.file))[0] if settings.file else current_head(space)
    if settings.program:
        subprocess.run(
            [settings.program],
            input=f"{newest.line()}\n".encode(),
            check=True,
            timeout=_SECONDS,
            capture_output=True,
            cwd=space.root.anchor,
        )
