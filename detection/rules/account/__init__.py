"""Rules about the use, the credits and the ledger of personal accounts."""
