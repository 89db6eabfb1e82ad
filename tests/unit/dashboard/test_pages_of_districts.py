"""Pages of an account that is limited to districts: casework, risk and groups of these, and none of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import add_user

from detection.accounts.rights import Role
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.casework.files import NewFile, add_file
from detection.followup.casework.tasks import NewTask, add_task
from detection.store.queries.alerts import choices
from detection.store.queries.casework.packets import Packet, PacketFilters, packets
from detection.store.queries.network import groups
from detection.store.queries.reader import open_reader
from detection.store.queries.risk import risk_list

OpenPage = Callable[..., AppTest]
DAY = dt.date(2026, 11, 30)
NOON = "2026-11-30T12:00:00"
LI, ZHAO = Actor("li", "inspector"), Actor("zhao", "supervisor")
FORMS = {
    "Add a task",
    "Finish a task",
    "Add a file",
    "File",
    "Merge, split, link, alerts",
    "Assign packets of this page",
}
"""Names of the forms for tasks, files, merging and the rest, and assignment of packets."""


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


def test_forms_for_acts_of_the_whole_fund_are_offered_to_who_sees_it_alone(
    open_page: OpenPage, sample_to_change: Path, own: tuple[str, ...]
) -> None:
    root, (packet, free, *_) = sample_to_change, read(sample_to_change, own)
    supervisors = {"zhao": None, "qian": own}
    for name, districts in supervisors.items():
        add_user(root, name, Role.supervisor, districts)
    for name in ("li", "wang"):
        add_user(root, name, Role.inspector)
    case_id = casework.open_case(root, packet.packet_id, actor=LI, at=NOON, reason="two agree").case_id
    casework.move(root, case_id, Act("approve_opening", DAY, code="penalty"), actor=ZHAO, at=NOON)
    casework.move(
        root, case_id, Act("assign", DAY, inspectors=frozenset({"li", "wang"})), actor=ZHAO, at=NOON
    )
    add_file(root, case_id, NewFile("a.pdf", b"%PDF-1.7 a"), actor=ZHAO, at=NOON)
    add_task(root, case_id, NewTask("call them", "qian", DAY.replace(year=2099)), actor=ZHAO, at=NOON)

    def offered(name: str) -> set[str]:
        """Labels of all fields and buttons of the pages that have such forms."""
        apps = [
            open_page(root, page, signed_in_as=name, lang="en", **parameters)
            for page, parameters in (
                ("case", {"id": case_id}),
                ("packets", {"queue": free.queue}),
                ("work", {}),
            )
        ]
        for app in apps:
            assert not app.exception
        case = html_of(apps[0])
        assert "call them" in case and "a.pdf" in case, "lists are shown to both"
        controls = [(app.selectbox, app.text_input, app.multiselect, app.button) for app in apps]
        labels = {each.label for kinds in controls for kind in kinds for each in kind}
        return labels | {each.label for app in apps for each in app.expander}

    whole, limited = (offered(name) for name in supervisors)
    assert whole >= FORMS
    assert not FORMS & limited
