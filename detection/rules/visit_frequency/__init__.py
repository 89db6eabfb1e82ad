"""Rules about visits: too many, impossible, split, or without entitlement."""
