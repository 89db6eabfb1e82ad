"""Recalculation: ordinary outpatient care of employees repriced from the policy.

`recalculated` gives the price of every settlement that the policy prices. `not_repriced` lists the settlements for
which a value is not known, `not_covered` those that were paid though the fund does not cover them,
`paid_before_the_start` those that were paid while the fund covered no ordinary care. `steps` explains one price.
`with_layers` adds what other funds may have paid.
The method is described in docs/system.md, "Recalculation".
"""

from features.benefit.layers import nothing_else_pays, with_layers
from features.benefit.recalculation import (
    not_covered,
    not_repriced,
    paid_before_the_start,
    recalculated,
)
from features.benefit.steps import Step, steps

__all__ = [
    "Step",
    "not_covered",
    "not_repriced",
    "nothing_else_pays",
    "paid_before_the_start",
    "recalculated",
    "steps",
    "with_layers",
]
