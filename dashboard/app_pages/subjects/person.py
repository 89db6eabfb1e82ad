"""Person: how is it insured, where was it treated, and whose account paid?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("person")
