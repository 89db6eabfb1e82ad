"""The seventh author's innocent look-alikes, one module each."""
