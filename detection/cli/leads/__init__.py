"""Outside leads at a terminal."""
