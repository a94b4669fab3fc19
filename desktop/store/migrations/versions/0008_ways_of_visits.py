"""The index of visits by day also holds the way, so that follow-ups face to face are counted from it alone."""

from alembic import op

revision = "0008"
down_revision = "0007"

_NAME, _TABLE = "ix_visit_day", "visit"
_COLUMNS = [
    "visited_on", "id", "service", "flag", "systolic_mmhg", "diastolic_mmhg", "resident_id", "way", "deleted_at",
]  # fmt: skip


def upgrade() -> None:
    """Build the index anew."""
    op.drop_index(_NAME, table_name=_TABLE)
    op.create_index(_NAME, _TABLE, _COLUMNS, unique=False)
