"""Fund risk: where does money flow after it should have stopped, or differently than elsewhere?"""
