"""The key of the encrypted files beside the database: random, made with the table, and never changed.

Revision 0002; before it 0001.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table with its one row."""
    table = op.create_table(
        "blob_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob_key")),
    )
    op.execute(sa.insert(table).values(id=1, secret=secrets.token_bytes(32)))
