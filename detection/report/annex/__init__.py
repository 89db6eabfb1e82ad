"""The annex of a report: its tables in full and every alert, as an Excel file."""
