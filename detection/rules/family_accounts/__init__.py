"""Rules about family mutual aid: payments from another person's account."""
