"""An error that nobody foresaw: its kind and place in words. Its text may hold values of the data and is not shown."""

from __future__ import annotations

import traceback

from features.errors import FundwatchError, WorkspaceError

TRACEBACKS = "FUNDWATCH_TRACEBACK"
"""Environment variable with which developers see the traceback instead."""


def as_unforeseen(error: Exception) -> FundwatchError:
    """The error in words: what the machine refused, or where our own code failed."""
    if isinstance(error, OSError) and error.strerror:
        return WorkspaceError(
            "A file cannot be read or written.",
            where=": ".join(str(part) for part in (error.filename, error.strerror) if part is not None),
            next_step="see that it may be read and written, and that there is space left",
        )
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    last = own[-1] if own else None
    module = "" if last is None else "/".join(last.filename.replace("\\", "/").split("/")[-2:])
    return FundwatchError(
        "An error that was not foreseen: {kind}.",
        where="" if last is None else f"{module}, line {last.lineno}",
        next_step="look at the workspace: fundwatch verify --workspace WS; please report the place above",
        kind=type(error).__name__,
    )
