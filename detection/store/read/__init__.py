"""The only door through which the store is read: here its opening, beside it one module per screen."""
