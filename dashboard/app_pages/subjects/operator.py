"""Operator: for whom were settlements made, and where?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("operator")
