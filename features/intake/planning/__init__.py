"""From a mapping and the files of a folder to a plan of what is read."""
