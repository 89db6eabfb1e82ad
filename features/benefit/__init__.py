"""What the pooled fund should have paid: ordinary outpatient care of employees, priced once more from the policy.

`recalculated` prices every settlement that the policy prices, `not_repriced` names those of which a value is not
known, and `steps` explains one of them. docs/system.md, "Recalculation", says what is done.
"""

from features.benefit.recalculation import not_repriced, recalculated
from features.benefit.steps import Step, steps

__all__ = ["Step", "not_repriced", "recalculated", "steps"]
