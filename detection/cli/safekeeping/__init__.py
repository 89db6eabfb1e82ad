"""Commands that keep a workspace: closed to others, saved, and no larger than needed."""
