"""What a run that was stopped has finished, so that the next one goes on from there."""

from detection.run.unfinished.folder import Unfinished, open_unfinished

__all__ = ["Unfinished", "open_unfinished"]
