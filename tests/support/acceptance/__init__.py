"""The city, the people and the pages of the acceptance hour (tests/browser/acceptance)."""
