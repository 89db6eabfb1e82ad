"""What the family page reads besides the account itself: the register, and the alerts that cite payments."""
