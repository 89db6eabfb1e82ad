"""What rules ask about the circumstances of care and credits: who was enrolled, who paid, what was registered."""
