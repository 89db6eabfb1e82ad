"""Rules about many cards used at one place."""
