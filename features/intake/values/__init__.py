"""Parsing cells: numbers, codes, dates and times."""
