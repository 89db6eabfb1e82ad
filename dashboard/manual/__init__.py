"""The manual of the screens: one page for each role and language, task by task, which the page Help shows."""
