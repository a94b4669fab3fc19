"""The pages and the workbook of a report as it was handed in, as encrypted files the record names."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add three columns; reports handed in before keep their values only, no files."""
    op.add_column("report_submission", sa.Column("paper", sa.String(64), nullable=False, server_default=""))
    op.add_column("report_submission", sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("report_submission", sa.Column("sheet", sa.String(64), nullable=False, server_default=""))
