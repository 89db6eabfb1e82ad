"""Awareness: do people know what they are entitled to?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("awareness")
