"""Parts of the audit log's page."""
