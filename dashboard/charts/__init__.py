"""Pictures that show the evidence: Altair charts, and ECharts options for graphs and flows."""
