"""Rules about who may be settled for, and at which provider."""
