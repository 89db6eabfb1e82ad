"""``python -m detection.cli`` is ``fundwatch``."""

from detection.cli import main

main()
