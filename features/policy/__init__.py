"""What the fund's rules say, dated and cited, by area: looked up by the day of the claim, never by today.

A value that nobody has read yet is written down as `unknown`; asking before the first date is an error,
never a default. Where supervision chose to look is no policy: that is a line on a detector's card.
"""

from features.policy.files import check_folder, known_areas, load_policy
from features.policy.values import Policy, PolicyValue, Window

__all__ = ["Policy", "PolicyValue", "Window", "check_folder", "known_areas", "load_policy"]
