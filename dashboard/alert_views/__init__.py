"""Parts of the pages about alerts: filters, the table of alerts, evidence, and follow-up actions."""
