"""The fund's rules by area, dated and cited: looked up by the day of the claim, never by today.

A value that is not yet verified against a source has the status ``unknown``. A lookup before the first date is an
error, never a default. Thresholds that supervision chooses are no policy: a detector's card has them.
"""

from features.policy.files import check_folder, known_areas, load_policy
from features.policy.policy import Policy
from features.policy.template import template
from features.policy.values import PolicyValue, Window

__all__ = ["Policy", "PolicyValue", "Window", "check_folder", "known_areas", "load_policy", "template"]
