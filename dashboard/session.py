"""Who works at the screens, where, and at what time: what everything below is given."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from detection.cli.terminal import now

__all__ = ["ACTOR", "now", "run_id", "workspace"]

ACTOR = "dashboard"  # until there is a sign-in


def workspace() -> Path:
    """The folder of the workspace that is shown."""
    return Path(st.session_state["workspace"])


def run_id() -> str:
    """The run that is shown."""
    return str(st.session_state["version"][0])
