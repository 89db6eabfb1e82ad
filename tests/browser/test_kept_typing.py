"""What is typed in a form outlives a reload in a browser, also while the field has not been left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from support.screens import settle

from dashboard.gate.access import DEMO
from detection.followup.casework.drafts import drafts_of
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader

pytestmark = pytest.mark.browser
_TRIES, _PAUSE = 300, 200


def test_text_that_is_being_typed_is_there_after_a_reload(
    watched: Any, address_to_change: str, sample_to_change: Path
) -> None:
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        packet = packets(reader, PacketFilters("institutions"))[0]
    shown = watched.open(f"{address_to_change}/packet?id={packet.packet_id}&lang=en")
    form = f"packet_{packet.packet_id}"

    def wait_for(text: str) -> None:
        for _ in range(_TRIES):
            if drafts_of(sample_to_change, DEMO.actor.name).get(form) == {"reason": text}:
                return
            shown.wait_for_timeout(_PAUSE)
        raise AssertionError(drafts_of(sample_to_change, DEMO.actor.name))

    field = shown.get_by_label("Reason").first
    field.click()
    shown.keyboard.type("two patterns")
    wait_for("two patterns")
    shown.keyboard.type(" agree")  # the field still has the cursor
    wait_for("two patterns agree")
    assert "agree" not in shown.url
    shown.reload()
    settle(shown)
    expect(shown.get_by_label("Reason").first).to_have_value("two patterns agree")
    watched.assert_in_order(address_to_change)
