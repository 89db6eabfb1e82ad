"""Family accounts: personal accounts out of which relatives are paid for."""
