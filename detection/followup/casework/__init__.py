"""What people do to packets and cases besides moves: tasks, assignment, files, two cases at once."""
