"""Features become "how unusual": peer groups, tails, anomaly scorers, collusion groups, reasons, MLflow."""
