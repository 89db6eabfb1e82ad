"""Links to the pages of subjects: the one way in which a screen names an institution, a person or any other subject."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.identities import unmasked
from dashboard.markup import styled
from dashboard.navigation import link
from dashboard.wording import label

PAGES = {
    "provider": "institution",
    "person": "person",
    "payer_account": "account",
    "employer": "employer",
    "prescriber": "prescriber",
    "operator": "operator",
}
"""Page of each kind of subject."""


def subject_link(kind: str, pseudonym: str, text: str = "") -> Markup:
    """A link to the page of a subject; a group leads to its alerts, and a subject without a page is plain text.

    Args:
        kind: of the subject.
        pseudonym: of the subject; a dash is shown where it is empty.
        text: name of an institution; the pseudonym when empty.
    """
    if not pseudonym:
        return escape(text or "–")
    shown = text if text and text != pseudonym else styled(unmasked(pseudonym), "mono")
    title = label("subject_kind", kind)
    if kind in PAGES:
        return link(shown, PAGES[kind], title=title, id=pseudonym)
    if kind == "group":
        return link(shown, "alerts", title=title, subject=pseudonym, list="all", status="any")
    return escape(shown)


def settlement_link(pseudonym: str) -> Markup:
    """A link to what is known of a settlement: who, where, when, and the alerts that cite it."""
    return link(
        styled(unmasked(pseudonym), "mono"), "search", title=label("record", "settlement"), q=pseudonym
    )
