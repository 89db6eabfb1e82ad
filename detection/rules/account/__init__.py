"""Rules about the use and the ledger of personal accounts."""
