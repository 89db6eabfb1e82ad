"""Who comes in: the gate in front of everything, the page to sign in, and how the server may be reached."""
