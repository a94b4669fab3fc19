"""A step keeps for whom it was typed beside who typed it; the steps before were typed for nobody else."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add two columns."""
    op.add_column("step", sa.Column("for_staff_id", sa.Uuid(), nullable=True))
    op.add_column("step", sa.Column("for_staff_name", sa.String(), nullable=False, server_default=""))
