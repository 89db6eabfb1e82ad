"""Parts of the pages of subjects."""
