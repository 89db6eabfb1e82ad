"""The required tables of the contract: persons, enrolments, providers, settlements."""

from __future__ import annotations

from features.contract import columns as col
from features.contract.columns import Table

_SCHEMES = "employee|resident"
_PERSON_CATEGORIES = "active|flexible|retired|resident"


class Persons(Table):
    """One row per insured person.

    Not included: households and marriages. A missing death date is no proof of life.
    """

    table = "persons"
    key = ("person_id",)
    required = True

    person_id = col.identifier("The insured person")
    sex = col.code("Sex as registered", "male|female", optional=True)
    birth_date = col.date("Day of birth", optional=True)
    region_code = col.identifier("Six-digit division of residence", optional=True)
    death_date = col.date("Day of death, when reported", optional=True, open_end=True)
    updated_at = col.updated()


class Enrolments(Table):
    """One row per person, scheme and interval of enrolment.

    Not included: relatives who are insured elsewhere. That they have no row here is no violation; it has to be
    verified with the other area.
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
    end_date = col.date("Last day of the interval; open when null", optional=True, open_end=True)
    updated_at = col.updated()


class Providers(Table):
    """One row per designated institution.

    Not included: opening hours, staff, and shared premises.
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
    agreement_end = col.date("Last day of the service agreement", optional=True, open_end=True)
    pooled_outpatient_from = col.date(
        "Day from which the pooled fund pays outpatient care here", optional=True
    )
    updated_at = col.updated()


class Settlements(Table):
    """One row per priced insurance transaction; a reversal is a row of its own with negative amounts.

    Not included: who presented the card, and whether goods were handed over. The law and the policy in force on
    ``service_date`` apply, or on the day of ``settled_at`` if it is empty.
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
    updated_at = col.updated()
