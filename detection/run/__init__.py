"""One run: from a folder of claims to published alerts."""
