"""What is kept of models: files, and rows in the tables of MLflow."""
