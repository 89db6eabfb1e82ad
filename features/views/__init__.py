"""Views as they are kept: files with the columns that each declares."""
