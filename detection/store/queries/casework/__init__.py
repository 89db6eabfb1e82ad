"""Packets, leads and cases as screens and the terminal read them: masked, institutions by name."""
