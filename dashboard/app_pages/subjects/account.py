"""Account: who used it, where, and what came in?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("payer_account")
