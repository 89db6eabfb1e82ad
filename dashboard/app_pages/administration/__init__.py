"""Pages of users, and of one's own account."""
