"""The baton: which of two computers may write; here from the first day on, under a random id.

Revision 0010; before it 0009.
"""

import sqlalchemy as sa
from alembic import op

from desktop.foundation.ids import new_id

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table with its one row: whoever has a file today writes in it."""
    table = op.create_table(
        "baton",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("heir", sa.Uuid(), nullable=True),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("void", sa.JSON(), nullable=False),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_baton")),
    )
    first = new_id()
    values = {
        "place": 1, "id": first, "state": "here", "heir": None, "line": [first.hex], "void": [], "staff_name": "",
        "at": None, "device": "", "target": "", "away": False,
    }  # fmt: skip
    op.execute(sa.insert(table).values(**values))
