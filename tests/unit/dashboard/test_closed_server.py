"""The server of the screens obeys nothing that lies in the current folder, and ends with its command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.web.server.starlette.starlette_app import _validate_run_config
from support.paths import ROOT
from support.screens import wait_for_answer
from support.signing_in import add_user

from dashboard.gate.closed_options import CLOSED
from dashboard.gate.serving import Serving
from dashboard.server import options
from features.workspace import open_workspace

PLANTED = "import pathlib; pathlib.Path(r'{mark}').touch(); raise SystemExit(9)\n"
HOSTILE = """
[server]
corsAllowedOrigins = ["http://evil.example"]
enableCORS = false
enableXsrfProtection = false
enableStaticServing = true
enableAgentApi = true
allowedHosts = ["evil.example"]
address = "0.0.0.0"
trustedUserHeaders = {"X-User" = "user"}
[client]
showErrorDetails = "full"
disableDataExport = false
allowedOrigins = ["http://evil.example"]
[global]
developmentMode = true
[runner]
magicEnabled = true
[secrets]
files = ["/etc/hostname"]
"""
OF_NO_CONCERN = {
    "global.appTest", "global.disableWidgetStateDuplicationWarning", "global.e2eTest", "global.maxCachedMessageAge",
    "global.minCachedMessageSize", "global.showWarningOnDirectExecution", "global.suppressDeprecationWarnings",
    "global.unitTest", "client.showSidebarNavigation", "runner.cacheBackgroundRefreshMaxWorkers",
    "runner.cacheBackgroundRefreshTTLMultiplier", "runner.cacheHashSeed", "runner.connectionDefaultTTL",
    "runner.enforceSerializableSessionState", "runner.enumCoercion", "runner.fastReruns", "runner.parallelMaxWorkers",
    "runner.postScriptGC", "server.agentMaxSessions", "server.agentPreviewRows", "server.agentSessionTTL",
    "server.agentWaitTimeout", "server.cookieSecret", "server.disconnectedSessionTTL",
    "server.enableWebsocketCompression", "server.folderWatchBlacklist", "server.maxCacheDataSize",
    "server.websocketPingInterval",
}  # fmt: skip
"""Options that open nothing; the agent's interface and Streamlit's own sign-in are off."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder that somebody sent, with files that a careless start would run or obey."""
    folder = tmp_path / "received"
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_text(HOSTILE)
    (folder / "dashboard").mkdir()
    for name in ("streamlit.py", "typing_extensions.py", "dashboard/__init__.py", "sitecustomize.py"):
        (folder / name).write_text(PLANTED.format(mark=tmp_path / "executed"))
    return folder


@pytest.fixture
def obeyed(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The configuration files of that folder, in the current folder and in the home folder."""
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("HOME", str(hostile))
    yield hostile
    monkeypatch.undo()
    config.get_config_options(force_reparse=True)


def test_no_configuration_file_opens_the_server(obeyed: Path) -> None:
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.corsAllowedOrigins") == ["http://evil.example"]  # it would be obeyed
    fixed = options(Serving(8501))
    config.get_config_options(force_reparse=True, options_from_flags=_validate_run_config(fixed))
    assert {name: config.get_option(name) for name in fixed} == fixed


def test_every_option_of_streamlit_is_fixed_or_of_no_concern() -> None:
    sections = ("server.", "client.", "global.", "runner.", "secrets.")
    known = {name for name in config.get_config_options() if name.startswith(sections)}
    assert len(known) > 40
    assert known - set(options(Serving(8501))) == OF_NO_CONCERN
    assert not OF_NO_CONCERN & set(CLOSED)


def test_the_screens_run_nothing_of_the_current_folder_and_end_with_their_command(
    hostile: Path, tmp_path: Path
) -> None:
    space = open_workspace(tmp_path / "ws", create=True)
    add_user(space.root, "wang")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["dashboard", "--workspace", str(space.root), "--port", str(port)]
    log = tmp_path / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "detection.cli", *words],
            cwd=hostile,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for_answer(f"http://127.0.0.1:{port}", process, log)
        assert not (tmp_path / "executed").exists()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


SERVED = """
import sys
import dashboard.server as server

class App:
    def run(self, config):
        print("pandas" in sys.modules)

server.build = lambda *_: App()
print("pandas" in sys.modules)
server.main(["--workspace", sys.argv[1]])
"""


def test_what_sessions_import_late_is_there_before_the_first_of_them(sample: Path) -> None:
    """Of two first sessions at the same moment, one saw a module that the other had not imported whole."""
    run = [sys.executable, "-c", SERVED, str(sample)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"], done.stderr
