"""The seventh author's scenes, one module each."""
