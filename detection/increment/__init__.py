"""Hits of an earlier run used again for what a delivery did not touch."""
