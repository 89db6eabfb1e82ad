"""Participation: do those whom the reform is for take part in it?"""
