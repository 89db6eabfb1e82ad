"""The views that a run keeps for its indicators: built once, opened for every list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detection.indicators.findings import Findings
from detection.indicators.lists import all_lists
from features.engine import Views
from features.policy import Policy
from features.registry import Frame, Relations, all_views
from features.views.persisted import PersistedViews

FOLDER, FIRST_FOLDER = "tables", "ground"
"""Subfolder of a run's ``indicators/``, and what the first version called it."""
_FIRST_NAMES = {
    "insured": "people",
    "entitlement_spells": "entitled",
    "benefit_limits": "limits",
    "outpatient_settlements": "visits",
    "outpatient_months": "person_months",
    "account_spending": "spending",
    "attended_months": "attended",
    "hospital_stays": "stays",
    "ledger_months": "ledger",
    "other_account_uses": "other_uses",
    "account_use_months": "uses",
    "owner_authorizations": "authorised",  # codespell:ignore authorised
    "contribution_months": "contributed",
    "credit_months": "credited",
    "former_chronic_patients": "former_chronic",
    "graded_answers": "answers",
    "prohibited_spending": "misused",
    "unlisted_premium_causes": "other_uses",
    "assessed_aid": "judged_aid",
    "late_programme_settlements": "late_use",
}
"""Files of the first version, by the views that read them now; other views have kept their names."""
_FIRST_COLUMNS = {"person": "insured_code", "provider": "institution_code"}


def build_tables(views: Views, policy: Policy, findings: Findings, folder: Path) -> Relations:
    """Write every view that a run keeps to a folder that is there already, and open them, ids as in the data.

    Args:
        views: of the data set; ids may be codes.
        policy: of the area.
        findings: of the detectors, with ids as in the data set.
        folder: gets the files, ids as texts.
    """
    all_lists()  # registers the views next to the lists
    kept = views.keeping(folder, policy=policy, findings=findings)
    kept.materialize(name for name, view in all_views().items() if view.persist)
    return kept


def open_tables(indicators: Path) -> Relations:
    """The tables in a run's ``indicators/``, also of a run of the first version."""
    if (indicators / FOLDER).exists():
        return PersistedViews(indicators / FOLDER)
    all_lists()
    return _FirstVersion(PersistedViews(indicators / FIRST_FOLDER))


@dataclass(frozen=True)
class _FirstVersion:
    """Tables of the first version under the names that views and their columns have now."""

    files: PersistedViews

    def __getitem__(self, name: str, /) -> Frame:
        frame = self.files[_FIRST_NAMES.get(name, name)]
        columns = frame.collect_schema().names()
        renamed = frame.rename({old: new for old, new in _FIRST_COLUMNS.items() if old in columns})
        return renamed.select(*(all_views()[name].schema or ()))
