"""How far each detector can assess data that nobody here wrote, without any policy."""

from __future__ import annotations

FAMILY = """
    family_authorization    | not_assessable | needs family_authorizations                              |
    family_authorization    | not_assessable | needs settlements.mutual_aid_payer_id                    |
    family_authorization    | not_assessable | needs policy family_mutual_aid.requires_authorization    |
    family_authorization    | not_assessable | needs policy family_mutual_aid.permitted_relations       |
    family_collector        | not_assessable | needs settlements.mutual_aid_payer_id                    | policy
    family_cycle            | not_assessable | mutual_aid_payer_id & needs family_authorizations        | policy
    family_hub              | not_assessable | needs settlements.mutual_aid_payer_id                    | policy
    payer_account_anomaly   | not_assessable | needs settlements.mutual_aid_payer_id                    | policy
    provider_not_designated | not_assessable | needs provider_status & needs providers.agreement_start  |
"""
SYSTEM = """
    benefit_practice        | not_assessable | needs settlements.in_scope_amount                        | policy
    benefit_recalc_mismatch | not_assessable | needs settlements.in_scope_amount                        |
    closed_policy_use       | not_assessable | needs policy chronic_outpatient.in_force                 |
    credit_rule_violation   | not_assessable | needs account_entries & needs contributions              |
    duplicate_trace_code    | not_assessable | needs drug_trace_scans                                   | policy
    high_risk_drug_watch    | not_assessable | needs charge_lines                                       | policy
    ledger_break            | not_assessable | needs account_entries                                    | policy
    oversupply              | not_assessable | needs charge_lines                                       | policy
    paid_before_the_start   | not_assessable | needs policy outpatient_pooling.in_force                 |
    professional_buyer      | not_assessable | needs charge_lines                                       | policy
    prohibited_purchase     | not_assessable | needs charge_lines                                       |
    refund_resettle_loop__deductible | not_assessable | needs settlements.reverses_settlement_id        | minute
    split_prescription      | not_assessable | needs settlements.reverses_settlement_id                 | policy
    split_prescription__days | not_assessable | needs settlements.reverses_settlement_id                | policy
    trace_code_origin_buyer | not_assessable | needs drug_trace_scans                                   | policy
    trace_code_origin_seller | not_assessable | needs drug_trace_scans                                  | policy
    unlisted_premium        | not_assessable | needs account_entries                                    |
"""
MATRIX = {
    "medicare_inpatient": """
    detector                | status         | reason has                                               | not
    account_cash_out        | partial        | account_balance_after & account_entries & charge_lines | policy
    accounts_drained_at_one_shop | partial   | needs settlements.operator_id & needs charge_lines       | policy
    cap_rush                | available      |                                                          |
    capacity_anomaly__rhythm | not_assessable | needs settlements.settled_at to the minute              | policy
    card_concentration      | not_assessable | needs settlements.settled_at to the minute               |
    co_visit_group          | available      |                                                          | to the minute
    data_transmission_defect | partial       | needs settlements.operator_id                            | policy
    doctor_pharmacy_concentration | not_assessable | needs providers.latitude & needs settlements.prescribed_at | policy
    duplicate_benefit       | partial        | needs settlements.channel & verify with the provider     | policy
    impossible_travel       | not_assessable | needs providers.latitude & to the minute                 | policy
    ineligible_person       | partial        | after the day of death & needs persons.death_date        | line
    inpatient_outpatient_overlap | available |                                                          |
    person_anomaly          | available      |                                                          |
    provider_anomaly        | available      |                                                          |
    refund_resettle_loop    | not_assessable | to the minute & settlements.reverses_settlement_id       |
    small_sums_from_quiet_accounts | partial | needs settlements.operator_id                            | policy
    travel_between_districts | not_assessable | needs providers.district_code & to the minute           | policy
    """
    + FAMILY
    + SYSTEM,
    "synthea": """
    detector                | status         | reason has                                               | not
    account_cash_out        | partial        | 371 of 388 settlements & needs charge_lines | to the minute
    accounts_drained_at_one_shop | partial   | 371 of 388 settlements & needs charge_lines | to the minute
    cap_rush                | partial        | first set on 2000-01-01 & 371 of 388 settlements         | needs
    capacity_anomaly__rhythm | partial       | 371 of 388 settlements & needs settlements.operator_id   | to the minute
    card_concentration      | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    co_visit_group          | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    data_transmission_defect | partial       | first set on 2000-01-01 & 371 of 388 settlements         | policy
    doctor_pharmacy_concentration | partial  | 371 of 388 & needs settlements.prescribed_at | latitude
    duplicate_benefit       | partial        | needs settlements.channel                                | policy
    impossible_travel       | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    ineligible_person       | partial        | grace_days first set on & 371 of 388 & for 39 of the 388 | persons.
    inpatient_outpatient_overlap | not_assessable | needs settlements.admitted_on                       | policy
    person_anomaly          | partial        | without the model & fewer than 30                        |
    provider_anomaly        | available      |                                                          |
    refund_resettle_loop    | not_assessable | needs settlements.reverses_settlement_id                 | to the minute
    small_sums_from_quiet_accounts | partial | 371 of 388 settlements & needs settlements.operator_id   | to the minute
    travel_between_districts | not_assessable | needs providers.district_code                           | to the minute
    """
    + FAMILY
    + SYSTEM,
}
"""Status of each detector without any policy, what its reason says, and a word that it must not say."""

RAISED = {"medicare_inpatient": set(), "synthea": {"ineligible_person"}}
"""Detectors that raise alerts. Stays of one hospital bill each leave little to detect; Synthea bills the dead."""
