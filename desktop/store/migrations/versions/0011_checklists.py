"""An inspection keeps the checklist that was filled in on the spot, with its items and its edition."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; earlier inspections have no checklist."""
    op.add_column("inspection", sa.Column("checks", sa.JSON(), nullable=True))
