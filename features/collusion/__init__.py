"""Providers and people who turn up together more often than district and habit let expect."""
