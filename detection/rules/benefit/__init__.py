"""Rules about what the pooled fund pays, and for what."""
