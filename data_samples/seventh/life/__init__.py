"""Lawful events in the seventh author's cities; no truth names them."""
