"""Outside leads: what they match, their queue, one of them, and what goes back to their senders."""
