"""Who works at the screens, where, and at what time: what everything below is given."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from detection.cli.terminal import now, place
from detection.store.queries.reader import Place

__all__ = ["ACTOR", "Place", "now", "place", "run_id", "workspace"]

ACTOR = "dashboard"  # until there is a sign-in


def workspace() -> Place:
    """Where the workspace is that is shown."""
    return place(Path(st.session_state["workspace"]))


def run_id() -> str:
    """The run that is shown."""
    return str(st.session_state["version"][0])
