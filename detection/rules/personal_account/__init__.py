"""Rules about personal accounts: their use, their credits, their ledgers."""
