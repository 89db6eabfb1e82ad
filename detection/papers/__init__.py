"""An alert on paper: as PDF for the file, and as a letter that asks an institution to explain."""
