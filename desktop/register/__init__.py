"""register room."""
