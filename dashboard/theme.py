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
ATTENTION = "#9a5b00"
"""Dark amber: what deserves review. Red stays for what is overdue or broken."""
LINES = ("#d55e00", "#0072b2", "#009e73", "#cc79a7")
"""Lines of one chart, told apart also by people who see colors differently (after Okabe and Ito)."""
CHART_TEXT = 12
"""Size of texts in charts, in pixels."""
FIT_WIDTH = alt.AutoSizeParams(type="fit-x", contains="padding")
"""A chart's height is that of its plot; its axes and legend come on top."""
GRADES = {
    "definite": INK,
    "highly_suspicious": ACCENT,
    "suspicious": "#cfe0f3",
    "watch": "#eef3f9",
    "info": "#ffffff",
}
"""Colors of grades, the heavier the darker; the style sheet has the same for chips."""


@alt.theme.register("fundwatch", enable=True)
def _readable_axes() -> alt.theme.ThemeConfig:
    """Texts of axes and legends in ink, which Streamlit's own theme would make pale and small."""
    axis: alt.theme.AxisConfigKwds = {"labelColor": INK, "labelFontSize": CHART_TEXT, "titleColor": INK}
    legend: alt.theme.LegendConfigKwds = {"labelColor": INK, "labelFontSize": CHART_TEXT, "titleColor": INK}
    return {"config": {"axis": axis, "legend": legend}}


STYLE = f"<style>{Path(__file__).with_name('theme.css').read_text(encoding='utf-8')}</style>"

LINKS = f"<script>{Path(__file__).with_name('in_app_links.js').read_text(encoding='utf-8')}</script>"
"""Makes links open inside the app."""

TYPING = f"<script>{Path(__file__).with_name('kept_typing.js').read_text(encoding='utf-8')}</script>"
"""Sends text of fields that are kept after a pause in typing."""
