"""Employer: who works there, and what did it pay in?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("employer")
