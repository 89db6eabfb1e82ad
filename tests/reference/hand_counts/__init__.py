"""Every indicator counted by hand: plain loops over rows, written from its definition, registered under its name.

A hand count stands in the module of its theme, with the decorator `by_hand`.
"""

from reference.books import Hand
from reference.hand_counts import accounts, conduct, counting, participation, reimbursement

__all__ = ["accounts", "conduct", "hand_counts", "participation", "reimbursement"]


def hand_counts() -> dict[str, Hand]:
    """Every hand count by the name of its indicator."""
    return dict(counting.REGISTER)
