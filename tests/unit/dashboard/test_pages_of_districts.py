"""Pages of an account that is limited to districts: casework, risk and groups of these, and none of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import add_user

from detection.accounts.rights import Role
from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.store.queries.alerts import choices
from detection.store.queries.casework.packets import Packet, PacketFilters, packets
from detection.store.queries.network import groups
from detection.store.queries.reader import open_reader
from detection.store.queries.risk import risk_list

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"
LI = Actor("li", "inspector")


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption, *app.error))


def read(workspace: Path, districts: tuple[str, ...] | None = None) -> list[Packet]:
    with open_reader(workspace, districts) as reader:
        assert reader is not None
        return packets(reader, PacketFilters())


@pytest.fixture
def own(sample_to_change: Path) -> tuple[str, ...]:
    """A district with a packet of its own, of which the inspector chen sees the alerts; others have packets too."""
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        districts = choices(reader)["district"]
    chosen = next((code,) for code in districts if code and read(sample_to_change, (code,)))
    assert len(read(sample_to_change, chosen)) < len(read(sample_to_change))
    add_user(sample_to_change, "chen", Role.inspector, chosen)
    return chosen


def test_packets_and_cases_of_others_are_on_no_page(
    open_page: OpenPage, sample_to_change: Path, own: tuple[str, ...]
) -> None:
    mine = read(sample_to_change, own)[0]
    other = next(
        each for each in read(sample_to_change)
        if each.packet_id not in {packet.packet_id for packet in read(sample_to_change, own)}
    )  # fmt: skip
    opened = {
        each: casework.open_case(sample_to_change, each, actor=LI, at=NOON, reason="two agree").case_id
        for each in (mine.packet_id, other.packet_id)
    }

    def shown(page: str, **parameters: str) -> str:
        return html_of(open_page(sample_to_change, page, signed_in_as="chen", lang="zh", **parameters))

    work = shown("work")
    assert opened[mine.packet_id] in work and opened[other.packet_id] not in work
    for packet_id, known in ((mine.packet_id, True), (other.packet_id, False)):
        assert ("没有这个疑点包" in shown("packet", id=packet_id)) is not known
        assert ("two agree" in shown("case", id=opened[packet_id])) is known
    listed = shown("packets", queue=mine.queue)
    assert mine.packet_id in listed
    assert not [
        each
        for each in read(sample_to_change)
        if each.packet_id == other.packet_id and f"id={each.packet_id}&" in listed
    ]


def test_risk_and_groups_of_others_are_on_no_page(
    open_page: OpenPage, sample_to_change: Path, own: tuple[str, ...]
) -> None:
    with open_reader(sample_to_change, own) as mine, open_reader(sample_to_change) as whole:
        assert mine is not None and whole is not None
        seen = {row.subject for row in risk_list(mine, "provider", size=1000).rows}
        others = {row.subject for row in risk_list(whole, "provider").rows} - seen
        near = {group.row.alert_id for group in groups(mine)}
        far = [group.row.alert_id for group in groups(whole) if group.row.alert_id not in near]
    assert others
    page = html_of(open_page(sample_to_change, "risk", signed_in_as="chen", lang="zh", kind="provider"))
    assert not [subject for subject in others if subject in page]
    for alert_id in far[:1]:
        page = html_of(open_page(sample_to_change, "network", signed_in_as="chen", lang="zh", id=alert_id))
        assert alert_id not in page
