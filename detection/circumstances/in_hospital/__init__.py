"""What happens during a stay: care outside its bill, and beds that stay empty."""
