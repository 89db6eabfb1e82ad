"""Innocent look-alikes; each says why an auditor dismisses it."""
