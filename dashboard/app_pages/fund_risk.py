"""Fund risk: where might the fund pay for what it should not?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("fund_risk")
