"""Log files: what a command did, when, and how much of it. They name no person or provider of the data.

A module writes to the logger of its own name; only the command line says where the lines go. A line of a run is

    2026-01-31T08:00:00 INFO 1f3a9c0d2b4e5f67 detection.run.pipeline: 12 detectors, 340 alerts

with the run's id in the third place. Logs are no part of a run's manifest, and nothing reads them back.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from features.errors import WorkspaceError
from features.workspace import Workspace

PACKAGES = ("features", "models", "detection")
"""Packages whose loggers are written down; libraries are not."""
RUN_LOG = "run.log"
"""Name of the log in the folder of a run; a run that is made again adds to it."""
FAILED_LOG = "failed_run.log"
"""Name of the log, in the workspace, of the last run that ended with an error."""
PURGE_LOG = "purge.log"
"""Name of the log, in the workspace, of everything that was purged."""
NO_RUN = "-"
"""Stands for the run's id where there is none, or where it is not known yet."""

_FORMAT = "%(asctime)s %(levelname)s %(run_id)s %(name)s: %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%S"

_logger = logging.getLogger(__name__)


class _Lines(logging.Handler):
    """Lines of a command, each written to a file at once, so that a killed command leaves them.

    The run's id is a hash of what came in, so that it is known only after the data were read: the record that has it
    as ``run_id`` gives it to those that follow, and `text` to all.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter(_FORMAT, _TIME))
        self.run_id = NO_RUN
        self.records: list[logging.LogRecord] = []
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, and write it; a log that cannot be written stops no run."""
        self.run_id = getattr(record, "run_id", self.run_id)
        self.records.append(record)
        with suppress(OSError), self._file.open("a", encoding="utf-8") as file:
            file.write(self._line(record))

    def text(self) -> str:
        """All lines, with the run's id as far as it became known."""
        return "".join(map(self._line, self.records))

    def _line(self, record: logging.LogRecord) -> str:
        record.run_id = self.run_id
        return self.format(record) + "\n"


@contextmanager
def run_log(root: Path) -> Iterator[None]:
    """Write the log of a run into its folder, or into the workspace when the run ends with an error.

    While the run lasts, its lines are in a file under ``tmp/``. A run that is refused the workspace leaves no log:
    the folder is no workspace, or another run's log is in it.

    Args:
        root: folder of the workspace, which the run may have to make.
    """
    workspace = Workspace(root)
    draft = workspace.tmp / f"run-{os.getpid()}.log"
    with _collecting(draft) as lines:
        try:
            yield
        except BaseException as error:
            if lines.records and not isinstance(error, WorkspaceError):
                # Its kind alone: the text and the traceback of an unforeseen error may hold a value of the data.
                _logger.log(logging.ERROR, "The run ended with %s", type(error).__name__)
                _write(root / FAILED_LOG, lines.text(), "w")
            raise
        else:
            _write(workspace.run(lines.run_id) / RUN_LOG, lines.text(), "a")
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


@contextmanager
def purge_log(root: Path) -> Iterator[None]:
    """Add what is purged to the workspace's log of it."""
    with _collecting(root / PURGE_LOG):
        yield


@contextmanager
def _collecting(file: Path) -> Iterator[_Lines]:
    """The lines that the project's packages log while the block lasts."""
    lines = _Lines(file)
    loggers = [logging.getLogger(package) for package in PACKAGES]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(lines)
        logger.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(lines)
            logger.setLevel(level)


def _write(file: Path, text: str, mode: str) -> None:
    with suppress(OSError), file.open(mode, encoding="utf-8") as log:
        log.write(text)
