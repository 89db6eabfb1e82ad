"""Family accounts: personal accounts that pay for relatives."""
