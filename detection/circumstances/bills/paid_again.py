"""A cost that was paid again: what the rule goes by, and the evidence column that shows the other payment."""

from __future__ import annotations

SAME_BILL = ("provider", "service_day", "total_amount")
"""What two settlements of one person have in common where they are one bill."""
SAME_PLACE = ("provider_id", "service_day")
"""What they have in common at least: charges may be repeated on a bill of another amount."""
OTHER_SCHEME = ("both_schemes", "in_turn")
"""Causes of a settlement that is too much because another scheme paid, whatever the bill."""
