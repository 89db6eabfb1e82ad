"""What one delivery of data covers, and what it lacks that the last one had."""
