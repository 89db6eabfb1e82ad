"""Awareness: do people know of the benefit, by what they answer and by what they do?"""
