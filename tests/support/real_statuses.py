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
    age_incompatible_item   | not_assessable | needs charge_lines & needs item_reference                | policy
    cross_provider_same_drug | not_assessable | needs charge_lines                                      | policy
    duplicate_charge        | not_assessable | needs charge_lines                                       | policy
    one_hand_over_accounts  | not_assessable | needs settlements.operator_id                            | policy
    impersonation__lent_card | not_assessable | needs settlements.credential_type                       | policy
    over_frequency_test     | not_assessable | needs charge_lines & needs item_reference                | policy
    policy_shift_abuse      | not_assessable | needs settlements.fully_self_paid                        | policy
    policy_shift_abuse__items | not_assessable | needs charge_lines                                     | policy
    sex_incompatible_item   | not_assessable | needs charge_lines & needs item_reference                | policy
    staff_self_dealing      | not_assessable | needs enrolments                                         | policy
    substitution            | not_assessable | needs charge_lines                                       | policy
    trace_code_missing      | not_assessable | needs charge_lines & needs drug_trace_scans              | policy
    benefit_practice        | not_assessable | needs settlements.in_scope_amount                        | policy
    benefit_recalc_mismatch | not_assessable | needs settlements.in_scope_amount                        |
    closed_policy_use       | not_assessable | needs policy chronic_outpatient.in_force                 |
    credit_rule_violation   | not_assessable | needs account_entries & needs contributions              |
    duplicate_trace_code    | not_assessable | needs drug_trace_scans                                   | policy
    high_risk_drug_watch    | not_assessable | needs charge_lines                                       | policy
    high_risk_drug_watch__place | not_assessable | needs charge_lines & needs item_reference            | policy
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
    accounts_emptied_within_weeks | not_assessable | needs settlements.account_balance_after            | policy
    cap_rush                | available      |                                                          |
    capacity_anomaly__crowds | not_assessable | needs settlements.settled_at to the minute              | policy
    capacity_anomaly__rhythm | not_assessable | needs settlements.settled_at to the minute              | policy
    capacity_anomaly__even_days | partial    | needs settlements.operator_id                            | policy
    capacity_anomaly__doctor | available     |                                                          |
    card_concentration      | not_assessable | needs settlements.settled_at to the minute               |
    co_visit_group          | available      |                                                          | to the minute
    data_transmission_defect | partial       | needs settlements.operator_id                            | policy
    doctor_pharmacy_concentration | not_assessable | needs providers.latitude & needs settlements.prescribed_at | policy
    duplicate_benefit       | partial        | needs settlements.channel & verify with the provider     | policy
    fictitious_purchase     | not_assessable | needs settlements.settled_at to the minute               | policy
    hanging_bed_seen_elsewhere | available   |                                                          |
    hanging_bed_short_stay  | available      |                                                          |
    impersonation           | not_assessable | needs persons.sex & needs persons.birth_date             | policy
    impossible_travel       | not_assessable | needs providers.latitude & to the minute                 | policy
    ineligible_person       | partial        | after the day of death & needs persons.death_date        | line
    inpatient_outpatient_overlap | available |                                                          |
    peer_outlier            | available      |                                                          |
    person_anomaly          | available      |                                                          |
    provider_anomaly        | available      |                                                          |
    refund_resettle_loop    | not_assessable | to the minute & settlements.reverses_settlement_id       |
    refund_resettle_loop__after_the_visit | not_assessable | to the minute & settlements.reverses_settlement_id |
    small_sums_from_quiet_accounts | partial | needs settlements.operator_id                            | policy
    split_admission         | available      |                                                          |
    split_admission__partners | available    |                                                          |
    travel_between_districts | not_assessable | needs providers.district_code & to the minute           | policy
    """
    + FAMILY
    + SYSTEM,
    "synthea": """
    detector                | status         | reason has                                               | not
    account_cash_out        | partial        | 371 of 388 settlements & needs charge_lines | to the minute
    accounts_drained_at_one_shop | partial   | 371 of 388 settlements & needs charge_lines | to the minute
    accounts_emptied_within_weeks | not_assessable | needs settlements.account_balance_after            | policy
    cap_rush                | partial        | first set on 2000-01-01 & 371 of 388 settlements         | needs
    capacity_anomaly__crowds | partial       | 371 of 388 settlements                                   | to the minute
    capacity_anomaly__rhythm | partial       | 371 of 388 settlements & needs settlements.operator_id   | to the minute
    capacity_anomaly__even_days | partial    | 371 of 388 settlements & needs settlements.operator_id   | policy
    capacity_anomaly__doctor | partial       | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    card_concentration      | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    co_visit_group          | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    data_transmission_defect | partial       | first set on 2000-01-01 & 371 of 388 settlements         | policy
    doctor_pharmacy_concentration | partial  | 371 of 388 & needs settlements.prescribed_at | latitude
    duplicate_benefit       | partial        | needs settlements.channel                                | policy
    fictitious_purchase     | partial        | 371 of 388 settlements & needs settlements.prescribed_at | policy
    hanging_bed_seen_elsewhere | not_assessable | needs settlements.admitted_on                         | policy
    hanging_bed_short_stay  | not_assessable | needs settlements.admitted_on                            | policy
    impersonation           | partial        | 371 of 388 settlements                                   | needs
    impossible_travel       | partial        | first set on 2000-01-01 & 371 of 388 settlements         | to the minute
    ineligible_person       | partial        | grace_days first set on & 371 of 388 & for 39 of the 388 | persons.
    inpatient_outpatient_overlap | not_assessable | needs settlements.admitted_on                       | policy
    peer_outlier            | partial        | 371 of 388 settlements                                   | policy
    person_anomaly          | partial        | without the model & fewer than 30                        |
    provider_anomaly        | available      |                                                          |
    refund_resettle_loop    | not_assessable | needs settlements.reverses_settlement_id                 | to the minute
    refund_resettle_loop__after_the_visit | not_assessable | needs settlements.reverses_settlement_id | to the minute
    small_sums_from_quiet_accounts | partial | 371 of 388 settlements & needs settlements.operator_id   | to the minute
    split_admission         | not_assessable | needs settlements.admitted_on                            | policy
    split_admission__partners | not_assessable | needs settlements.admitted_on                          | policy
    travel_between_districts | not_assessable | needs providers.district_code                           | to the minute
    """
    + FAMILY
    + SYSTEM,
}
"""Status of each detector without any policy, what its reason says, and a word that it must not say."""

RAISED = {"medicare_inpatient": set(), "synthea": {"ineligible_person"}}
"""Detectors that raise alerts. Stays of one hospital bill each leave little to detect; Synthea bills the dead."""
