"""Indicators of supervision: what is counted, as lists whose sums are the values.

An indicator is a list with one row per unit of a period (a person, a settlement, an account, ...), an integer numerator
and denominator each, and what it can be cut by. Words, lines and screens are decided elsewhere, on its card.
"""
