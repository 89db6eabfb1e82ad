"""Packets, leads and cases in the store: their tables, and what is written to them."""
