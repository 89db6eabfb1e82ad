"""Rules: a question to the claims (`.py`) and its card (`.toml`) under the same name, by theme."""
