"""Family mutual aid: who shares an account, and how much?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("family_aid")
