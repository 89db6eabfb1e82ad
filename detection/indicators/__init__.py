"""Indicators as they are shown: their cards, and the values of a run."""
