"""Institution: what does it cost, who comes, who prescribes there, and how does it stand among its peers?"""

from __future__ import annotations

from dashboard.subject_views.screen import draw_subject

draw_subject("provider")
