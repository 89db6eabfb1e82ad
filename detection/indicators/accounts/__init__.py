"""Accounts: is the money in personal accounts used, and rightly credited?"""
