"""Leads that others send: from their file to the queue, and what goes back to them."""
