"""People who keep meeting: proposed from pairs, proven as groups, with the evidence of each person's attendance."""
