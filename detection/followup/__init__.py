"""What people do with alerts: triage, dismissal, and undoing either."""
