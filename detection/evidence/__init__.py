"""What every detector contributes to the risk of persons, providers and accounts, in one unit."""
