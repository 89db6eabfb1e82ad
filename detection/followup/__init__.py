"""What people do at the screens and is recorded: acts on alerts, identities revealed, files taken away."""
