"""Checks of accepted rows and tables: duplicates, reversals, flags."""
