"""Questions about tasks, files, links and money of cases."""
