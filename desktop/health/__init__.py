"""health room."""
