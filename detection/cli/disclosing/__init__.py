"""Commands by which something leaves the masked views: letters, and single identities."""
