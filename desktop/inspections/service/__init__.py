"""Use cases of the inspections slice: inspections with their findings, and letters of responsibility."""
