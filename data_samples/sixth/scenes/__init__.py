"""The sixth author's scenes, one module each."""
