"""Use cases of the register; each checks rights, owns its transaction and returns frozen rows."""
