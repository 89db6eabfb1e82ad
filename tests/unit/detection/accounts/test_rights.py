"""What each role may do: the whole table by hand, and at every service that follows an act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.alert_acts import EXPLAINED
from support.dashboard_fixtures import fill
from support.signing_in import WHEN

from detection.accounts.rights import USER_ROLES, Actor, NotAllowedError, Right, Role, may
from detection.cases.second_review import second_review
from detection.followup.acts import act
from detection.followup.exports import AlertList, export_list
from detection.followup.papers import LetterRequest, alert_pdf, letter
from detection.followup.reveals import print_identity, reveal
from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.reader import open_reader
from features.errors import UsageError

EXPECTED = {
    Role.reader: "see_cases see_indicators see_methods",
    Role.inspector: "see_cases see_indicators see_methods work_alerts reveal_ids export_files see_leads import_leads "
    "read_case_files",
    Role.reviewer: "see_cases see_indicators see_methods work_alerts reveal_ids export_files see_leads "
    "read_case_files",
    Role.supervisor: "see_cases see_indicators see_methods see_log work_alerts reveal_ids export_files "
    "see_leads import_leads read_case_files",
    Role.director: "see_cases see_indicators see_methods see_log export_files see_leads read_case_files",
    Role.auditor: "see_cases see_indicators see_methods see_log see_leads read_case_files",
    Role.administrator: "see_methods see_log manage_users",
}
LETTER = LetterRequest("2026-11-30", issuer="", number="", contact="", days=10)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with alerts; the services below only append records to it."""
    return fill(tmp_path_factory.mktemp("rights") / "ws", alerts_of_each=1)


def listed(workspace: Path, **filters: str) -> list[Row]:
    with open_reader(workspace) as reader:
        assert reader is not None
        return rows(reader, Filters(**filters))


@pytest.mark.parametrize("role", USER_ROLES)
def test_each_role_has_these_rights_and_no_other(role: Role) -> None:
    assert {right.value for right in Right if may(role, right)} == set(EXPECTED[role].split())


@pytest.mark.parametrize("role", USER_ROLES)
def test_every_service_refuses_a_role_without_its_right(filled: Path, role: Role) -> None:
    """Whoever has the right is not refused for it; what else is wrong with the request is another error."""
    actor, alert = Actor("wang", role), next(row for row in listed(filled) if row.provider)
    person = next(row.pseudonym for row in listed(filled) if row.subject_kind == "person")
    services: dict[Right, list[Callable[[], object]]] = {
        Right.export_files: [
            lambda: export_list(filled, AlertList(), file_format="csv", language="zh", actor=actor, at=WHEN),
            lambda: alert_pdf(filled, "A-none", language="zh", actor=actor, at=WHEN),
            lambda: letter(filled, ["A-none"], LETTER, language="zh", actor=actor, at=WHEN),
        ],
        Right.reveal_ids: [
            lambda: reveal(filled, person, reason="case 7 of May", actor=actor, at=WHEN),
            lambda: print_identity(filled, person, reason="case 7 of May", actor=actor, at=WHEN),
        ],
    }
    if may(role, Right.export_files):
        services[Right.reveal_ids].append(
            lambda: letter(
                filled,
                [alert.alert_id],
                LETTER,
                language="zh",
                reveal=True,
                reason="case 7",
                actor=actor,
                at=WHEN,
            )
        )
    for right, calls in services.items():
        for call in calls:
            assert _refused(call) is not may(role, right), (role, right)
    refused = act(filled, [alert.alert_id], action="nothing", note="why", actor=actor, at=WHEN).refused[0]
    assert ("role may not do this" in refused) is not may(role, Right.work_alerts)


def _refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except NotAllowedError:
        return True
    except UsageError:
        return False
    return False


def test_one_person_in_any_role_dismisses_no_reviewed_alert_and_takes_no_act_of_another_back(
    tmp_path: Path,
) -> None:
    workspace = fill(tmp_path / "ws", alerts_of_each=1)
    alert_id = next(
        row.alert_id for row in listed(workspace) if second_review(row.alert_id, row.pool, row.account)
    )
    wang, chen = Actor("wang", Role.supervisor), Actor("chen", Role.reviewer)

    def done(by: Actor, action: str, code: str = "") -> bool:
        outcome = act(workspace, [alert_id], actor=by, action=action, note="seen twice", code=code, at=WHEN)
        return bool(outcome.done)

    for role in (Role.inspector, Role.reviewer, Role.supervisor, Role.demo):
        proposer = Actor("wang", role)
        assert done(proposer, "dismiss", EXPLAINED)
        assert listed(workspace, status="proposed")[0].proposed_by == "wang"
        for other in (Role.inspector, Role.reviewer, Role.supervisor, Role.demo):
            assert not done(Actor("wang", other), "confirm_dismissal")
        assert not done(Actor("li", Role.inspector), "confirm_dismissal"), "no reviewer"
        assert not done(chen, "undo"), "another person's act"
        assert done(proposer, "undo")
    assert done(wang, "dismiss", EXPLAINED) and done(chen, "confirm_dismissal")
    assert [row.alert_id for row in listed(workspace, status="dismissed")] == [alert_id]
    assert done(wang, "reopen") and not done(chen, "undo") and done(wang, "undo")
    assert [row.alert_id for row in listed(workspace, status="dismissed")] == [alert_id]
