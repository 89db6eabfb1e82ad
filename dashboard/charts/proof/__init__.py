"""Pictures that carry the claim of an alert, drawn from the values stored with its evidence."""
