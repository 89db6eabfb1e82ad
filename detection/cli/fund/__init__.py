"""Commands about what a fund states itself: policy values, names of districts."""
