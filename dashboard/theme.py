"""Colors of the screens and their style sheet.

Density over decoration; one accent color; red only for what is overdue or broken.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt

ICON = Path(__file__).with_name("icon.svg")
ACCENT = "#1f5fa8"
MUTED = "#8a97a6"
GRID = "#e3e8ee"
INK = "#1d2733"
FIT_WIDTH = alt.AutoSizeParams(type="fit-x", contains="padding")
"""A chart's height is that of its plot; its axes and legend come on top."""
FAMILIES = {
    "visit_frequency": "#1f5fa8",
    "provider_collusion": "#6aa1d8",
    "family_accounts": "#9aa7b5",
    "personal_account": "#56637a",
    "benefit": "#b8cbe2",
    "data_quality": "#d5dae1",
}
"""Shades of one blue and of gray, so that there is one accent color."""

STYLE = f"<style>{Path(__file__).with_name('theme.css').read_text(encoding='utf-8')}</style>"

LINKS = f"<script>{Path(__file__).with_name('in_app_links.js').read_text(encoding='utf-8')}</script>"
"""Makes links open inside the app."""
