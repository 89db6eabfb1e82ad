"""Rules, by family: a query (`.py`) and its card (`.toml`) under the same name.

The docstring of a rule says what it looks for, what is evidence, and what is lawful. The thresholds, the legal basis
and the innocent explanations are on the card.
"""
