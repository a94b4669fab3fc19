"""The encrypted file: opening, reading() and writing(), key slots, migrations, history, undo, search keys."""
