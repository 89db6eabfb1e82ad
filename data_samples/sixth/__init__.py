"""A sixth author's scenes and twins, written from the typologies and published cases without reading any detector."""
