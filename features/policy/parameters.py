"""The parameters of this version: their unit, the keys of their rows and the words of their values.

docs/system.md, "Policy", describes the meaning of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from features.contract.vocabulary import GRADED_LEVELS, PREMIUM_KINDS

_RELATIONS = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")
_ITEMS = ("drug", "tcm", "device", "consumable", "service", "wellness")


@dataclass(frozen=True)
class Parameter:
    """The values that a parameter may have.

    Attributes:
        unit: its unit: ``flag`` is true or false; ``yuan`` and ``ratio`` are numbers; ``layer`` is rows of ``ratio``
            and ``cap``, or false; ``layers`` is rows that add up (`LAYER_BASES`), or false; of the others one of
            ``words``, or a list of them (`LISTS`).
        keys: keys of its rows; none, when it has a single value.
        words: words that its value may be.
    """

    unit: str
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


PARAMETERS: Mapping[str, Parameter] = {
    "outpatient_pooling.national_opinions": Parameter("month"),
    "outpatient_pooling.province_opinions": Parameter("month"),
    "outpatient_pooling.local_rules": Parameter("day"),
    "outpatient_pooling.in_force": Parameter("flag"),
    "benefit.deductible_mode": Parameter("mode", words=("annual", "per_visit", "none")),
    "benefit.deductible": Parameter("yuan", ("person_category", "level")),
    "benefit.ratio": Parameter("ratio", ("person_category", "level", "segment_from")),
    "benefit.annual_cap": Parameter("yuan", ("person_category",)),
    "benefit.pharmacy_level": Parameter("level", words=GRADED_LEVELS),
    "benefit.ungraded_level": Parameter("level", words=GRADED_LEVELS),
    "benefit.pharmacy_needs_prescription": Parameter("flag"),
    "benefit.first_year": Parameter("mode", words=("full", "prorated")),
    "benefit.second_layer": Parameter("layer", ("person_category",)),
    "benefit.further_layers": Parameter("layers", ("person_category",)),
    "benefit.other_fund": Parameter("mode", words=("none", "others")),
    "benefit.rounding": Parameter("mode", words=("down", "half_up")),
    "account_credit.active_rate": Parameter("ratio"),
    "account_credit.flexible_rate": Parameter("ratio"),
    "account_credit.employer_share": Parameter("ratio"),
    "account_credit.schedule": Parameter("schedule", words=("monthly", "annual")),
    "account_credit.retired_rule": Parameter("mode", words=("unchanged", "uniform")),
    "account_credit.retired_rate": Parameter("ratio"),
    "account_credit.average_pension": Parameter("yuan"),
    "account_credit.retired_schedule": Parameter("schedule", words=("monthly", "annual")),
    "chronic_outpatient.in_force": Parameter("flag"),
    "special_outpatient.in_force": Parameter("flag"),
    "resident_two_diseases.in_force": Parameter("flag"),
    "account_use.premium_kinds": Parameter("premium kind", words=PREMIUM_KINDS),
    "account_use.premium_relations": Parameter("relation", words=_RELATIONS),
    "account_use.pharmacy_items": Parameter("item kind", words=_ITEMS),
    "account_use.prohibited_items": Parameter("item kind", words=_ITEMS),
    "family_mutual_aid.requires_authorization": Parameter("flag"),
    "family_mutual_aid.permitted_relations": Parameter("relation", words=_RELATIONS),
    "family_mutual_aid.enrolment_province": Parameter("province code"),
    "designation.emergency_exempt": Parameter("flag"),
}

LISTS = ("relation", "premium kind", "item kind")
"""Units whose values are lists of words."""

LAYER_BASES = ("above_cap", "own_share", "deductible")
"""What a further layer pays a share of: eligible cost above the cap, what is left of it, or the deductible."""
