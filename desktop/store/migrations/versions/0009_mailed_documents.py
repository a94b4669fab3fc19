"""What is known of an issued document that went to many: to whom in words, how many copies, and whether by health."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add three columns; documents issued before went to nobody by name."""
    op.add_column("issued_document", sa.Column("recipients", sa.String(200), nullable=False, server_default=""))
    op.add_column("issued_document", sa.Column("copies", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("issued_document", sa.Column("of_health", sa.Boolean(), nullable=False, server_default=sa.false()))
