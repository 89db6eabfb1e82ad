"""Parts of the pages of users, and of one's own account."""
