"""Commands about requests for real ids that a second person confirms."""
