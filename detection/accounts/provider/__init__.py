"""Signing in at the fund's own identity provider (OpenID Connect)."""
