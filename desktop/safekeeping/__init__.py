"""Safekeeping: verified backups on a stick, looking one over, and restoring without overwriting anything."""
