"""The evidence pack of a packet or a case, to take away: built at the click, and recorded with its hash."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.downloads import TYPES, file_name
from dashboard.session import Place, Right, actor, may, now, workspace
from dashboard.wording import language, t
from detection.accounts.rights import Actor
from detection.followup.packs import build_pack


def offer_pack(name: str) -> None:
    """A button for those who may take files away and see the whole fund.

    Args:
        name: of the packet or the case.
    """
    if not may(Right.export_files) or actor().districts is not None:
        return
    st.download_button(
        t("pack.button"),
        partial(_content, workspace(), actor(), name),
        file_name=file_name(t("pack.file"), "zip", name),
        mime=TYPES["zip"],
        key=f"pack_{name}_{language()}",
        on_click="ignore",
        icon=":material/inventory_2:",
        width="stretch",
    )
    st.caption(t("pack.note"))


def _content(where: Place, by: Actor, name: str) -> bytes:
    """The file; called in a thread that knows nothing of the session."""
    return build_pack(where, name, actor=by, at=now()).content
