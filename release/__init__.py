"""What a publisher makes of the repository: locks that are read, a bill of materials, a bundle and its signature."""
