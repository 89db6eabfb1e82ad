"""Export of alerts and scores as CSV, Parquet or JSON."""
