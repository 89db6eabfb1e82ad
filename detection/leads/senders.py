"""Names of senders: leads of an export have the code of their kind as sender, which is shown in words."""

from __future__ import annotations

from detection.language.messages import case_label
from detection.leads.row import LEAD_KINDS

_LANGUAGES = ("en", "zh")


def sender_text(sender: str, language: str) -> str:
    """A sender as it is shown."""
    return case_label("lead_kind", sender, language) if sender in LEAD_KINDS else sender


def sender_named(text: str) -> str:
    """The sender of a name as it is shown, in either language."""
    text = text.strip()
    shown = {sender_text(kind, language): kind for kind in LEAD_KINDS for language in _LANGUAGES}
    return shown.get(text, text)
