"""Backups of a workspace: made, restored, and compared with the hashes that they carry."""
