"""The contract's page is written from the contract."""

from __future__ import annotations

from support.paths import DOCS

from features.contract.page import page


def test_the_page_is_current() -> None:
    written = (DOCS / "contract.md").read_text(encoding="utf-8")
    assert written == page(), "write it again: python -m features.contract.page > docs/contract.md"
