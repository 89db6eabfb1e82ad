"""What the pooled fund should have paid: ordinary outpatient care of employees, priced once more from the policy.

`recalculated` prices every settlement that the policy prices; `not_repriced` names those of which a value is not
known, `not_covered` those that were paid though the policy does not price them, `paid_before_the_start` those that were
paid while the fund did not pay ordinary care at all. `steps` explains one price.
docs/system.md, "Recalculation", says what is done.
"""

from features.benefit.recalculation import (
    not_covered,
    not_repriced,
    paid_before_the_start,
    recalculated,
)
from features.benefit.steps import Step, steps

__all__ = ["Step", "not_covered", "not_repriced", "paid_before_the_start", "recalculated", "steps"]
