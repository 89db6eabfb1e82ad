"""What belongs to a lead or a case besides its moves: tasks, files, links to others."""
