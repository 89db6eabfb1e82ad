"""An alert is explained by what the store keeps of it, the same on the screen and at the terminal."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from support.drafts import a_card, a_draft
from support.store_runs import Store

from detection.cli.listing import print_explanation
from detection.detectors.card_content import card_json
from detection.detectors.cards import CardText, Cause
from detection.store.queries import open_store
from detection.store.queries.alert import alert_page
from detection.store.schema import CardVersion

CARD = replace(
    a_card(),
    causes={"late": Cause("late", "violation", "paid after the end", "终止后支付")},
    words={
        "en": CardText("t", "s", "It mattered then.", ("A late record.",), ("Ask.",)),
        "zh": CardText("t", "s", "当时重要。", ("登记迟延。",), ("询问。",)),
    },
)
WITHDRAWN = a_draft("one", detector="a_withdrawn_rule")


@pytest.fixture
def withdrawn(store: Store) -> Store:
    """An alert of a detector that the catalogue does not have, raised by a card of its own."""
    store.run("r1", WITHDRAWN, looked={})
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute(f"UPDATE {CardVersion.__tablename__} SET content = ?", (card_json(CARD),))
    return store


@pytest.mark.parametrize(
    ("language", "cause", "innocent"),
    [("en", "paid after the end", "A late record."), ("zh", "终止后支付", "登记迟延。")],
)
def test_an_alert_of_a_withdrawn_detector_is_explained_by_the_card_that_raised_it(
    withdrawn: Store, capsys: pytest.CaptureFixture[str], language: str, cause: str, innocent: str
) -> None:
    with open_store(withdrawn.workspace) as reader:
        page = alert_page(reader, WITHDRAWN.alert_id)
    assert page.card.picture == "family_timeline"
    assert page.card.words[language].innocent_explanations == (innocent,)
    print_explanation(withdrawn.workspace, WITHDRAWN.alert_id, language=language)
    printed = capsys.readouterr().out
    assert cause in printed and innocent in printed
    assert page.seen[language] in printed
    assert page.card_digest in printed
