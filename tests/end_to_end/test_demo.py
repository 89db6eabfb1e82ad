"""The first thing that a newcomer does: the demo, and its dashboard on localhost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest
from support.commands import fundwatch
from support.workspaces import alerts, current_run

WAIT_SECONDS = 90


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a small demo that serves nothing."""
    out = tmp_path_factory.mktemp("demo")
    ended = fundwatch("demo", "--out", out, "--persons", "1000", "--no-serve")
    assert ended.code == 0, ended.err
    return out


def test_the_demo_ends_with_alerts_of_all_three_families(demo: Path) -> None:
    counted = Counter(alert.family for alert in alerts(demo / "workspace"))
    families = ("visit_frequency", "provider_collusion", "family_accounts")
    assert min(counted[family] for family in families) > 3
    assert current_run(demo / "workspace").name.startswith("SIM-")


def test_the_demo_can_be_started_again(demo: Path) -> None:
    before = {alert.alert_id: alert.rank for alert in alerts(demo / "workspace")}
    ended = fundwatch("demo", "--out", demo, "--persons", "1000", "--no-serve")
    assert ended.code == 0, ended.err
    assert {alert.alert_id: alert.rank for alert in alerts(demo / "workspace")} == before


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer(url: str, server: subprocess.Popen[str]) -> str:
    """What a page answers, as soon as it does."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                return str(reply.read().decode())
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


def test_the_dashboard_answers_on_the_loopback_only_until_ctrl_c(finished: Path) -> None:
    port = free_port()
    words = ["dashboard", "--workspace", str(finished), "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "detection.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/_stcore/health", server) == "ok"
        assert "<title>" in answer(f"http://127.0.0.1:{port}/", server)
        processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        listening = [
            net_connection.laddr.ip
            for process in processes
            for net_connection in process.net_connections("tcp")
            if net_connection.status == psutil.CONN_LISTEN
        ]
        assert listening == ["127.0.0.1"]
    finally:
        os.killpg(server.pid, signal.SIGINT)  # what Ctrl-C does
        printed, _ = server.communicate(timeout=WAIT_SECONDS)
    assert f"http://127.0.0.1:{port}" in printed and "Traceback" not in printed
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "nothing is left running"
