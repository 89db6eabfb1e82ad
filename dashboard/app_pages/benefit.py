"""Benefit: how much of the cost does the pooled fund carry, for whom?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("benefit")
