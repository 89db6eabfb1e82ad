"""An identity on a screen: in place of its pseudonym until its time ends, then masked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from detection.followup.reveals import RevealedIdentity
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
UNTIL = "2024-07-03T10:10:00"


@pytest.mark.parametrize(("at", "shown"), [("2024-07-03T10:09:59", True), (UNTIL, False)])
def test_an_identity_is_masked_when_its_time_ends(
    open_page: OpenPage, sample: Path, monkeypatch: pytest.MonkeyPatch, at: str, shown: bool
) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        alert = next(row for row in rows(reader, Filters()) if row.subject_kind == "person")
    monkeypatch.setattr("dashboard.identities.now", lambda: at)
    app = open_page(sample, "alert", id=alert.alert_id, lang="zh")
    assert alert.subject in "".join(part.value for part in app.html)
    app.session_state["revealed"] = [RevealedIdentity(alert.subject, "320602197001011234", UNTIL)]
    app.run()
    text = "".join(str(part.value) for part in app.html)
    assert not app.exception
    assert ("320602197001011234" in text) is shown
    assert (f">{alert.subject}</span>" not in text) is shown, "a link with the pseudonym, or with the id"


def test_a_page_of_a_person_offers_to_reveal_the_person_and_one_of_an_institution_does_not(
    open_page: OpenPage, sample: Path
) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        every = rows(reader, Filters())
    offered = {}
    for kind, page in (("person", "person"), ("provider", "institution")):
        subject = next(row.pseudonym for row in every if row.subject_kind == kind)
        app = open_page(sample, f"subjects/{page}", id=subject, lang="zh")
        assert not app.exception
        assert "".join(str(part.value) for part in app.html).count("<h1>") == 1
        offered[kind] = [button.label for button in app.button]
    assert "显示真实身份" in offered["person"] and "显示真实身份" not in offered["provider"]
