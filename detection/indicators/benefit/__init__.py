"""Benefit: how much of the cost does the pooled fund carry, for whom, and where not?"""
