"""Ids as integers, for all tables of a run or for a few columns."""
