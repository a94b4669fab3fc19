"""spreadsheets room."""
