"""Family mutual aid: are accounts shared, for how much, and under authorizations in force?"""
