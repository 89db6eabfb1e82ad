"""Tables of users and sessions, and the only code that reads and writes them."""
