"""Participation: who takes part in outpatient mutual aid, and who does not?"""

from __future__ import annotations

from dashboard.indicator_views.screen import draw_screen

draw_screen("participation")
