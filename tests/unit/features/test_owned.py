"""What leaves never lands on what belongs to a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from detection.cli.disclosing.writing import write_whole
from detection.export.export import export
from detection.report.writing import refuse_existing
from features.errors import UsageError
from features.workspace import Workspace, open_workspace
from features.workspace.owned import refuse_owned

OURS = (
    "store.sqlite",
    "pseudonym.key",
    "workspace.json",
    "mlflow.db",
    "runs/one/run.log",
    "snapshots/new.csv",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws", create=True)


@pytest.mark.parametrize("name", OURS)
def test_nothing_that_leaves_is_written_into_a_workspace(workspace: Workspace, name: str) -> None:
    out = workspace.root / name
    before = out.read_bytes() if out.exists() else None
    with pytest.raises(UsageError, match="lies in a workspace"):
        write_whole({out: b"alerts"})
    with pytest.raises(UsageError, match="lies in a workspace"):
        refuse_existing(out, "docx", overwrite=True)
    with pytest.raises(UsageError, match="lies in a workspace"):
        export(workspace, "alerts", file_format="csv", out=out, actor="a", at="noon")
    assert (out.read_bytes() if out.exists() else None) == before


def test_neither_by_a_link_nor_by_a_detour(workspace: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "report.docx"
    link.symlink_to(workspace.root / "pseudonym.key")
    folder = tmp_path / "elsewhere"
    folder.symlink_to(workspace.root)
    for out in (link, folder / "store.sqlite", tmp_path / "x" / ".." / "ws" / "mlflow.db"):
        with pytest.raises(UsageError, match="lies in a workspace"):
            refuse_owned(out)


def test_a_key_outside_is_not_replaced_either(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    open_workspace(tmp_path / "ws", create=True, key=vault)
    key = vault.read_bytes()
    with pytest.raises(UsageError, match="pseudonym key"):
        write_whole({vault: b"alerts"})
    assert vault.read_bytes() == key
    write_whole({tmp_path / "alerts.csv": b"alerts"})
