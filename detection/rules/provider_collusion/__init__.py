"""Rules about providers that collude or are not designated."""
