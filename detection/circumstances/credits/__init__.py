"""What explains credits of personal accounts, and who they are about."""
