"""Import and export: from a sheet through its verdict to records, and back."""
