"""The lists of the screens as files for people: their rows, headings and codes in the reader's language."""
