"""The tables of the data contract, one class each: its grain, its columns, and its limits.

Names, grains, types and meaning are fixed; a table may gain an optional column, nothing is renamed.
"""

from __future__ import annotations

from features.contract.claims import Enrolments, Persons, Providers, Settlements
from features.contract.columns import Table
from features.contract.unlocking import (
    AccountEntries,
    ChargeLines,
    Contributions,
    DrugTraceScans,
    FamilyAuthorizations,
    ItemReference,
    OutsideLeads,
    PersonAliases,
    ProgrammeRegistrations,
    ProviderAliases,
    ProviderStatus,
    RegisteredContexts,
    SurveyAnswers,
)

TABLES: dict[str, type[Table]] = {
    table.table: table
    for table in (
        Persons,
        Enrolments,
        Providers,
        Settlements,
        ChargeLines,
        AccountEntries,
        Contributions,
        FamilyAuthorizations,
        DrugTraceScans,
        ProviderStatus,
        ProgrammeRegistrations,
        ItemReference,
        RegisteredContexts,
        SurveyAnswers,
        OutsideLeads,
        PersonAliases,
        ProviderAliases,
    )
}
"""Every table of the contract by name, required tables first."""
