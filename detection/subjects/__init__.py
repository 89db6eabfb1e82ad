"""What the page of a subject shows: its money by month, and whom it acted with; written by every run."""
