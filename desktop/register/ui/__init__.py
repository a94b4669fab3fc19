"""Pages of the register that every slice's window parts can open: forms, import, places, history."""
