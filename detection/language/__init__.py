"""Texts in English and Chinese: messages, law, policy values, and features."""
