"""Where medicines go: prescriptions, pharmacies, packs, and who uses them."""
