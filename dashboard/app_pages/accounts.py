"""Accounts: is the money in personal accounts used, and rightly credited?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("accounts")
