"""shell room."""
