"""Packets, leads and cases at a terminal."""
