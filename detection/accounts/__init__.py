"""Who may use the screens: users, roles and what each may do, passwords, sessions."""
