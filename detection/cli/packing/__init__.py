"""Evidence packs at a terminal."""
