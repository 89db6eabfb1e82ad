"""Where the fund wants the head of the log to be anchored: a file, a program, or both."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from features.errors import UsageError, WorkspaceError
from features.files import write_text

SETTINGS_FILE = "audit_anchor.json"
_OWNER_ONLY = 0o600
_WRITABLE_BY_OTHERS = 0o022


@dataclass(frozen=True)
class AnchorSettings:
    """Absolute paths: a file that every head is appended to, and a program that is given it; empty for none."""

    file: str = ""
    program: str = ""


def read_settings(root: Path) -> AnchorSettings:
    """The settings of a workspace; empty where it has none.

    Raises:
        WorkspaceError: they are damaged, another account could have written them, or they name what lies in the
            workspace.
    """
    path = root / SETTINGS_FILE
    try:
        state, content = path.stat(), path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return AnchorSettings()
    except (OSError, UnicodeDecodeError):
        raise _unusable(path) from None
    # The program is run: what others may write is not believed.
    if hasattr(os, "geteuid") and (state.st_uid != os.geteuid() or state.st_mode & _WRITABLE_BY_OTHERS):
        raise _unusable(path)
    try:
        settings = AnchorSettings(**{name: str(value) for name, value in json.loads(content).items()})
    except (ValueError, TypeError, AttributeError):
        raise _unusable(path) from None
    if _inside(root, settings):
        raise _unusable(path)
    return settings


def refuse_settings(root: Path, settings: AnchorSettings) -> None:
    """Refuse settings that anchor nothing outside.

    Raises:
        UsageError: a path is not absolute, lies in the workspace, or the program is none.
    """
    for path in _inside(root, settings):
        raise UsageError(
            "An anchor is outside the workspace, by its absolute path.",
            where=path,
            next_step="name a file on another machine or medium",
        )
    if settings.program and not os.access(settings.program, os.X_OK):
        raise UsageError(
            "The program that takes anchors cannot be run.",
            where=settings.program,
            next_step="name a program that reads a line from its standard input",
        )


def write_settings(root: Path, settings: AnchorSettings) -> None:
    """Keep settings, which were not refused, in a workspace."""
    write_text(root / SETTINGS_FILE, json.dumps(asdict(settings)), rights=_OWNER_ONLY)


def _inside(root: Path, settings: AnchorSettings) -> list[str]:
    """Paths that are not absolute, or lie in the workspace."""
    return [
        path
        for path in filter(None, (settings.file, settings.program))
        if not Path(path).is_absolute() or Path(path).resolve().is_relative_to(root.resolve())
    ]


def _unusable(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "The settings of the anchor cannot be used.",
        where=str(path),
        next_step="write them again: fundwatch audit anchor --always-to FILE",
    )
