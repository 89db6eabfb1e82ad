"""The steps of a run at the terminal: how far it is, and about when it ends."""
