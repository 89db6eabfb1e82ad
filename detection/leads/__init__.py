"""Leads that others send: the format of their files, how a file is read, and what goes back."""
