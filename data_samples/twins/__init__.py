"""Innocent twins of the planted scenes: every module here with a `plant(city, rng, instances)` is run last.

The methods of `city` are described in `data_samples.scenes`. Each module is one lawful way of life that resembles a
typology; several share a typology's number of instances (`share`), so that at 20,000 persons every typology has at
least as many look-alikes as planted patterns:

* `card_concentration`: employer batches, nursing homes, promotion days, village clinic days.
* `co_visit_group`: families, dialysis shifts, friends at the chronic clinic, chronic clinic days, outings,
  acupuncture clubs.
* `refund_resettle_loop`: cashier corrections, new cashiers, changed prescriptions, failing card readers.
* `family_authorization_violation`: payments at the edge of an authorization, renewed authorizations, payments made
  again once authorized, relatives insured elsewhere, spouses who pay for each other.
* `ineligible_settlement`: care settled after a death, switches without a gap, care around a suspension, stays and
  emergencies at a suspended hospital, renewed agreements, care on the last day.
* `hub_account`, `collector_account`, `professional_buyer`, `doctor_pharmacy_concentration`: generous families,
  parents cared for by several, many lawful visits, and pharmacies next door to a clinic.
* `account_cash_out`: purchases after the credit, one large bill.
* `inpatient_outpatient_overlap`: care around a stay. `impossible_travel`: two places on one day.
  `split_prescription`: several settlements a day.
* `closed_policy_use`: programmes that go on. `benefit_recalc_mismatch`: benefits that change. `duplicate_benefit`: what
  is paid once in the end. `cap_rush`: who reaches the cap by need.
* `credit_rule_violation`: credits with a reason. `ledger_break`: entries that add up. `prohibited_account_use`: what
  accounts may pay. `data_transmission_defect`: what is late for a reason.

Some have their lawful reason in the data (`registered_contexts`, authorizations, one employer), others show it only
indirectly, as in reality. Everyone plays in one instance.
"""
