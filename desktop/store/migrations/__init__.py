"""Alembic revisions; run by desktop.store.migrate, never by hand."""
