"""Parts of pages about real ids that a second person confirms."""
