"""Planted patterns of the second author: a module per typology, or per way where one module would be too long."""
