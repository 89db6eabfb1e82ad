"""Evidence packs: one archive about a packet or a case, which another machine rebuilds to the same bytes."""
