"""Export of alerts and scores as CSV, Excel, Parquet or JSON, and of the lists of the screens as CSV or Excel."""
