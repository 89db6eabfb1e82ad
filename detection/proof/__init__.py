"""What proves an alert: columns of its evidence that a card names, computed when the run raises the alert."""
