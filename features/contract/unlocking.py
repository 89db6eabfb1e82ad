"""The optional tables of the contract. Each enables further detections."""

from __future__ import annotations

from features.contract import columns as col
from features.contract.columns import Table


class ChargeLines(Table):
    """One row per item of a settlement.

    Not included: what was really handed over. Aggregate lines before joining them to settlements, or amounts are
    counted several times.
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
    updated_at = col.updated()


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
    updated_at = col.updated()


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
    updated_at = col.updated()


class FamilyAuthorizations(Table):
    """One row per authorization of a relative to use a personal account.

    Two people without an authorization may still be relatives: write "no recorded relation".
    """

    table = "family_authorizations"
    key = ("authorization_id",)

    authorization_id = col.identifier("The authorization")
    payer_id = col.identifier("Owner of the account", refers="persons.person_id")
    beneficiary_id = col.identifier("Relative who may use it")
    relation = col.code(
        "What the beneficiary is to the payer", "spouse|parent|child|sibling|grandparent|grandchild"
    )
    valid_from = col.time("From when the account may be used")
    valid_to = col.time("Until when; open when null", optional=True, open_end=True)
    channel = col.text("Where the authorization was made", optional=True)
    verified = col.flag("Whether the relation was checked", optional=True)
    updated_at = col.updated()


class DrugTraceScans(Table):
    """One row per scan of a drug trace code. Split packs are lawfully scanned more than once."""

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
    to_ = col.date("Last day; open when null", optional=True, open_end=True)
    updated_at = col.updated()


class ProgrammeRegistrations(Table):
    """One row per person, chronic or special disease programme, and interval."""

    table = "programme_registrations"
    key = ("person_id", "programme_code", "from")

    person_id = col.identifier("The insured person", refers="persons.person_id")
    programme_code = col.identifier("The programme")
    from_ = col.date("First day")
    to_ = col.date("Last day; open when null", optional=True, open_end=True)
    updated_at = col.updated()


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
    """One row per lawful reason for joint activity, and the person or provider that it applies to."""

    table = "registered_contexts"
    key = ()

    context_id = col.identifier("The context")
    kind = col.code(
        "Kind of context",
        "nursing_home|employer_checkup|dialysis|long_prescription|agent_purchase|event|clinic_day",
    )
    person_id = col.identifier("Person it applies to; everyone at the provider when null", optional=True)
    provider_id = col.identifier("Provider it applies to; everywhere when null", optional=True)
    from_ = col.date("First day")
    to_ = col.date("Last day; open when null", optional=True, open_end=True)


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
    """One row per lead from outside: a complaint, a list, another agency."""

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
    text = col.text("Its text", optional=True)
    due_on = col.date("Day an answer is due", optional=True)


class PersonAliases(Table):
    """One row per id of a person that was issued again: the earlier and the later one.

    Ids are followed to the last of a chain, so that history joins. Two ids may lead to one; one leads to one only.
    """

    table = "person_aliases"
    key = ("old", "new")

    old = col.identifier("Earlier person_id")
    new = col.identifier("Person_id that took its place")
    from_ = col.date("First day of the later id", optional=True)


class ProviderAliases(Table):
    """The same of providers."""

    table = "provider_aliases"
    key = ("old", "new")

    old = col.identifier("Earlier provider_id")
    new = col.identifier("Provider_id that took its place")
    from_ = col.date("First day of the later id", optional=True)
