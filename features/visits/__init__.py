"""Visits: people, providers, days and amounts of care, and the attributes of peers."""
