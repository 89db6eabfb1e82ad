"""Hazards of where Streamlit looks for modules, and the configuration of the server."""

from __future__ import annotations

import sys
from pathlib import Path

import dashboard
from dashboard.gate.headers import policy
from dashboard.gate.serving import Serving
from dashboard.server import options

PACKAGES = {"features", "models", "detection", "dashboard", "data_samples", "tests"}
ROOT = Path(dashboard.__file__).parent


def test_no_file_of_the_dashboard_has_a_package_s_name_or_hides_a_library() -> None:
    """Streamlit puts dashboard/ first on the path: a file in it would be imported instead."""
    names = {path.stem for path in ROOT.iterdir() if path.suffix == ".py"} - {"__init__"}
    packages = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert not (names | packages) & (PACKAGES | set(sys.stdlib_module_names))


def test_no_compiled_catalogue_is_stored() -> None:
    assert not list(ROOT.rglob("*.mo"))


def test_the_server_listens_on_this_machine_only_and_sends_nothing_out() -> None:
    configuration = options(Serving(8501))
    assert configuration["server.address"] == "127.0.0.1"
    assert configuration["browser.gatherUsageStats"] is False
    assert configuration["client.showErrorDetails"] == "none"
    assert configuration["server.enableXsrfProtection"] and configuration["server.enableCORS"]
    directives = policy(Serving(8501))
    assert "default-src 'self'" in directives and "http:" not in directives and "https:" not in directives
