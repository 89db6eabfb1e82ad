"""Pairs of settlements that one person could hardly have made, and what explains them."""
