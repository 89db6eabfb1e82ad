"""The tables of the data contract, one class each: its grain, its columns, and what it cannot say.

Names, grains, types and meaning are fixed; a table may gain an optional column, nothing is renamed.
"""

from __future__ import annotations

from features.contract import columns as col
from features.contract.columns import Table

_SCHEMES = "employee|resident"
_PERSON_CATEGORIES = "active|flexible|retired|resident"


class Persons(Table):
    """One row per insured person.

    Cannot say: who lives together, who is married to whom; a missing death date is no proof of life.
    """

    table = "persons"
    key = ("person_id",)
    required = True

    person_id = col.identifier("The insured person")
    sex = col.code("Sex as registered", "male|female", optional=True)
    birth_date = col.date("Day of birth", optional=True)
    region_code = col.identifier("Six-digit division of residence", optional=True)
    death_date = col.date("Day of death, when reported", optional=True)


class Enrolments(Table):
    """One row per person, scheme and interval of enrolment.

    Cannot say: anything about a relative insured elsewhere, who has no row here: that is outside the
    data ("verify with the other area"), not a violation.
    """

    table = "enrolments"
    key = ("person_id", "scheme", "start_date")
    required = True

    person_id = col.identifier("The insured person", refers="persons.person_id")
    scheme = col.code("Insurance scheme", _SCHEMES)
    person_category = col.code("Category of the insured person", _PERSON_CATEGORIES)
    status = col.code("Status of the enrolment", "active|suspended|terminated")
    pooling_area = col.identifier("Six-digit pooling area (Nantong 320600, Baotou 150200)")
    employer_id = col.identifier("Employer that pays the contributions", optional=True)
    start_date = col.date("First day of the interval")
    end_date = col.date("Last day of the interval; open when null", optional=True)


class Providers(Table):
    """One row per designated institution.

    Cannot say: opening hours, staff, or whether two institutions share premises.
    """

    table = "providers"
    key = ("provider_id",)
    required = True

    provider_id = col.identifier("The designated provider")
    provider_name = col.text("Its name")
    provider_kind = col.code("Kind of institution", "hospital|primary_care|clinic|pharmacy")
    level = col.code("Level of the institution", "tertiary|secondary|primary|ungraded")
    pooling_area = col.identifier("Six-digit pooling area of its agreement")
    district_code = col.identifier("Six-digit division; without it, the pooling area", optional=True)
    latitude = col.decimal("Degrees north", optional=True)
    longitude = col.decimal("Degrees east", optional=True)
    owner_id = col.identifier("Legal representative", optional=True)
    agreement_start = col.date("First day of the service agreement", optional=True)
    agreement_end = col.date("Last day of the service agreement", optional=True)
    pooled_outpatient_from = col.date(
        "Day from which the pooled fund pays outpatient care here", optional=True
    )


class Settlements(Table):
    """One row per priced insurance transaction; a reversal is a row of its own with negative amounts.

    Cannot say: who really held the card, or whether the goods left the counter. The law and the policy are
    taken at ``service_date`` where it is given, else at ``settled_at``.
    """

    table = "settlements"
    key = ("settlement_id",)
    required = True

    settlement_id = col.identifier("The settlement")
    person_id = col.identifier("The patient", refers="persons.person_id")
    provider_id = col.identifier("The designated provider", refers="providers.provider_id")
    settled_at = col.time("When the settlement was made")
    service_date = col.date("When the care was given", optional=True)
    scheme = col.code("Insurance scheme", _SCHEMES)
    person_category = col.code("Category of the patient", _PERSON_CATEGORIES)
    care_type = col.code(
        "Kind of care", "outpatient|emergency|chronic_outpatient|special_outpatient|inpatient|pharmacy"
    )
    programme_code = col.identifier("Chronic or special disease programme", optional=True)
    encounter_id = col.identifier("Visit or stay that the settlement belongs to", optional=True)
    admitted_on = col.date("Day of admission", optional=True)
    discharged_on = col.date("Day of discharge", optional=True)
    diagnosis_code = col.text("Main diagnosis", optional=True)
    prescriber_id = col.identifier("Prescribing doctor", optional=True)
    prescribed_at = col.time("When the prescription was written", optional=True)
    prescription_no = col.identifier("Number of the prescription", optional=True)
    credential_type = col.code("Credential shown", "e_credential|id_card|social_card", optional=True)
    channel = col.code("Way of settlement", "online|manual", optional=True)
    operator_id = col.identifier("Person at the counter who settled", optional=True)
    total_amount = col.money("Total cost")
    fully_self_paid = col.money("Outside the catalogue", optional=True)
    over_limit_self_paid = col.money("Above a payment ceiling", optional=True)
    pre_self_paid = col.money("First-step co-pay of class B and C items", optional=True)
    in_scope_amount = col.money("Cost eligible for benefit", optional=True)
    deductible_paid = col.money("Deductible paid in this settlement", optional=True)
    pool_paid = col.money("Paid by the pooled fund")
    other_fund_paid = col.money("Paid by other funds", optional=True)
    account_paid = col.money("Paid from the patient's own personal account")
    mutual_aid_paid = col.money("Paid from a relative's personal account", optional=True)
    mutual_aid_payer_id = col.identifier(
        "The relative whose account pays", optional=True, refers="persons.person_id"
    )
    cash_paid = col.money("Paid in cash", optional=True)
    provider_borne = col.money("Borne by the provider", optional=True)
    account_balance_after = col.money("Balance of the patient's account after the settlement", optional=True)
    reverses_settlement_id = col.identifier(
        "The settlement that this one reverses", optional=True, refers="settlements.settlement_id"
    )


class ChargeLines(Table):
    """One row per item of a settlement.

    Cannot say: what was really handed over. Joining lines to settlements multiplies amounts: aggregate first.
    """

    table = "charge_lines"
    key = ("settlement_id", "line_no")

    settlement_id = col.identifier("The settlement", refers="settlements.settlement_id")
    line_no = col.integer("Number of the line in the settlement")
    item_code = col.identifier("Item in the catalogue")
    item_name = col.text("Name of the item")
    item_kind = col.code("Kind of item", "drug|tcm|device|consumable|service|wellness")
    coverage_class = col.code("Class of the catalogue", "A|B|C", optional=True)
    quantity = col.quantity("How many; negative on a refund")
    unit_price = col.price("Price of one")
    amount = col.money("Amount of the line")
    in_scope_amount = col.money("Part eligible for benefit", optional=True)
    days_supply = col.quantity("Days that the quantity lasts", optional=True)
    prescriber_id = col.identifier("Prescribing doctor", optional=True)


class AccountEntries(Table):
    """One row per entry of a personal account's ledger; credits positive, debits negative.

    Per account, in order of posted_at then entry_id: balance_after = previous balance_after + amount.
    """

    table = "account_entries"
    key = ("entry_id",)

    entry_id = col.identifier("The entry")
    account_id = col.identifier("The owner's person_id", refers="persons.person_id")
    posted_at = col.time("When it was posted")
    entry_kind = col.code(
        "Kind of entry",
        "monthly_credit|settlement|mutual_aid|premium|transfer_out|transfer_in|interest|adjustment|refund",
    )
    amount = col.money("Signed amount: credit +, debit −")
    balance_after = col.money("Balance after the entry")
    accrual_month = col.month("Month that a credit is for", optional=True)
    settlement_id = col.identifier(
        "Settlement paid by the entry", optional=True, refers="settlements.settlement_id"
    )
    beneficiary_id = col.identifier("Relative for whom the account paid", optional=True)
    premium_kind = col.code(
        "Kind of premium", "resident|supplementary|long_term_care|government_commercial", optional=True
    )


class Contributions(Table):
    """One row per person and accrual month of contributions."""

    table = "contributions"
    key = ("person_id", "accrual_month")

    person_id = col.identifier("The insured person", refers="persons.person_id")
    accrual_month = col.month("Month that the contribution is for")
    contribution_base = col.money("Wage base of the contribution")
    person_into_account = col.money("Person's contribution credited to the account")
    employer_into_account = col.money("Employer's contribution credited to the account")
    paid_on = col.date("Day of payment", optional=True)


class FamilyAuthorizations(Table):
    """One row per authorisation of a relative to use a personal account.

    Cannot say: that two people without an authorisation are strangers; write "no recorded relation".
    """

    table = "family_authorizations"
    key = ("authorization_id",)

    authorization_id = col.identifier("The authorisation")
    payer_id = col.identifier("Owner of the account", refers="persons.person_id")
    beneficiary_id = col.identifier("Relative who may use it")
    relation = col.code(
        "What the beneficiary is to the payer", "spouse|parent|child|sibling|grandparent|grandchild"
    )
    valid_from = col.time("From when the account may be used")
    valid_to = col.time("Until when; open when null", optional=True)
    channel = col.text("Where the authorisation was made", optional=True)
    verified = col.flag("Whether the relation was checked", optional=True)


class DrugTraceScans(Table):
    """One row per scan of a drug trace code. Split packs are scanned more than once and lawfully so."""

    table = "drug_trace_scans"
    key = ("trace_code", "settlement_id", "scanned_at")

    trace_code = col.identifier("Code of the sales pack")
    settlement_id = col.identifier("The settlement", refers="settlements.settlement_id")
    line_no = col.integer("Line of the settlement", optional=True)
    provider_id = col.identifier("The designated provider", refers="providers.provider_id")
    item_code = col.identifier("Item in the catalogue", optional=True)
    scanned_at = col.time("When it was scanned")
    split_pack = col.flag("Sold in parts")


class ProviderStatus(Table):
    """One row per provider and interval of its status under the service agreement."""

    table = "provider_status"
    key = ("provider_id", "from")

    provider_id = col.identifier("The designated provider", refers="providers.provider_id")
    status = col.code("Status of the agreement", "active|suspended|terminated")

    from_ = col.date("First day")
    to_ = col.date("Last day; open when null", optional=True)


class ProgrammeRegistrations(Table):
    """One row per person, chronic or special disease programme, and interval."""

    table = "programme_registrations"
    key = ("person_id", "programme_code", "from")

    person_id = col.identifier("The insured person", refers="persons.person_id")
    programme_code = col.identifier("The programme")
    from_ = col.date("First day")
    to_ = col.date("Last day; open when null", optional=True)


class ItemReference(Table):
    """One row per item of the catalogue: what it may be used for."""

    table = "item_reference"
    key = ("item_code",)

    item_code = col.identifier("Item in the catalogue")
    substance = col.text("Active substance", optional=True)
    sex_only = col.code("Only for this sex", "male|female", optional=True)
    age_min = col.integer("Youngest age in years", optional=True)
    age_max = col.integer("Oldest age in years", optional=True)
    min_interval_days = col.integer("Fewest days between two uses", optional=True)
    daily_dose = col.quantity("Defined daily dose", optional=True)
    watch_list = col.flag("On the list of easily resold drugs", optional=True)


class RegisteredContexts(Table):
    """One row per lawful reason for doing things together, and the person or provider it holds for."""

    table = "registered_contexts"
    key = ()

    context_id = col.identifier("The context")
    kind = col.code(
        "Kind of context",
        "nursing_home|employer_checkup|dialysis|long_prescription|agent_purchase|event|clinic_day",
    )
    person_id = col.identifier("Person it holds for; everyone at the provider when null", optional=True)
    provider_id = col.identifier("Provider it holds at; everywhere when null", optional=True)
    from_ = col.date("First day")
    to_ = col.date("Last day; open when null", optional=True)


class SurveyAnswers(Table):
    """One row per answer of a survey on awareness of the policy; respondents are anonymous."""

    table = "survey_answers"
    key = ()

    respondent_group = col.text("Group of the respondent", optional=True)
    district_code = col.identifier("Six-digit division", optional=True)
    asked_on = col.date("Day of the survey")
    question = col.text("The question")
    answer = col.text("The answer")
    correct = col.flag("Whether the answer is right", optional=True)


class OutsideLeads(Table):
    """One row per hint that came from outside: a complaint, a list, another agency."""

    table = "outside_leads"
    key = ("lead_id",)

    lead_id = col.identifier("The lead")
    received_on = col.date("Day it was received")
    sender = col.code(
        "Who sent it", "complaint|national_list|province_list|smart_audit|other_agency|self_report"
    )
    subject_kind = col.code(
        "What it is about", "person|provider|payer_account|prescriber|employer|group|agency"
    )
    subject_id = col.identifier("Whom it is about")
    text = col.text("What it says", optional=True)
    due_on = col.date("Day an answer is due", optional=True)


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
    )
}
"""Every table of the contract by name, required tables first."""
