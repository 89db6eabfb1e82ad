"""Codes and column groups of the contract, by name.

The codes come from the contract's own columns, so a changed contract fails here at import. Plain text is used,
not enums: the values are compared with cells of tables.
"""

from __future__ import annotations

from features.contract.claims import Enrolments, Providers, Settlements
from features.contract.unlocking import AccountEntries, FamilyAuthorizations, ProviderStatus

OTHER, UNKNOWN = ALWAYS_ALLOWED = ("other", "unknown")
"""Codes that every code column may hold."""

UNKNOWN_AREAS = ("", "000000")
"""Values of an area or division column that name no area."""

SCHEMES = Enrolments.columns["scheme"].values
EMPLOYEE, RESIDENT = SCHEMES

PERSON_CATEGORIES = Enrolments.columns["person_category"].values
EMPLOYEE_CATEGORIES = ("active", "flexible", "retired")
"""Categories within the employee scheme."""
WORKING_CATEGORIES = ("active", "flexible")
RETIRED = "retired"

ENROLMENT_STATUSES = Enrolments.columns["status"].values
PROVIDER_STATUSES = ProviderStatus.columns["status"].values
ACTIVE, SUSPENDED, TERMINATED = ENROLMENT_STATUSES
INACTIVE_STATUSES = (SUSPENDED, TERMINATED)
"""Statuses of an enrolment, or of a provider's agreement, that is not in force."""

PROVIDER_KINDS = Providers.columns["provider_kind"].values
LEVELS = Providers.columns["level"].values
GRADED_LEVELS = ("primary", "secondary", "tertiary")
"""Levels that policy distinguishes, from the lowest."""

CARE_TYPES = Settlements.columns["care_type"].values
OUTPATIENT, EMERGENCY, CHRONIC_OUTPATIENT, SPECIAL_OUTPATIENT, INPATIENT, PHARMACY = CARE_TYPES
ORDINARY_CARE = (OUTPATIENT, EMERGENCY, PHARMACY)
"""Care outside a hospital stay that needs no registered programme."""
PROGRAMME_CARE = (CHRONIC_OUTPATIENT, SPECIAL_OUTPATIENT)
"""Care under a registered chronic or special disease programme."""

COST_COLUMNS = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
"""Columns of a settlement that add up to its total by kind of cost."""
PAYER_COLUMNS = (
    "pool_paid",
    "other_fund_paid",
    "account_paid",
    "mutual_aid_paid",
    "cash_paid",
    "provider_borne",
)
"""Columns of a settlement that add up to its total by payer."""
ACCOUNT_COLUMNS = ("account_paid", "mutual_aid_paid")
"""Payer columns that are paid from a personal account."""

ENTRY_KINDS = AccountEntries.columns["entry_kind"].values
PREMIUM_KINDS = AccountEntries.columns["premium_kind"].values
RELATIONS = FamilyAuthorizations.columns["relation"].values
