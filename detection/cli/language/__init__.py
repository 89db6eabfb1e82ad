"""The command line in the language of the terminal: which it is, help, and errors of usage."""
