"""A text that somebody types is looked for, however long it is and whatever it holds."""

from __future__ import annotations

import pytest
from support.drafts import a_draft
from support.store_runs import Store

from detection.store.queries import Filters, open_store
from detection.store.queries.alerts import rows


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "%" * 100_000, "_\\" * 50_000, "\0", "'; DROP TABLE alert; --"]
)
def test_a_text_that_no_alert_has_finds_none(store: Store, text: str) -> None:
    store.run("r1", a_draft("one"))
    with open_store(store.workspace) as reader:
        assert len(rows(reader, Filters())) == 1
        assert rows(reader, Filters(text=text)) == []
