"""Prescriber: for whom, where, and which pharmacies fill it?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("prescriber")
