"""Tasks set by superiors, and why a duty was not done."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _record_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
    ]


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "superior_task",
        *_record_columns(),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_superior_task_title")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superior_task")),
    )
    op.create_index("ix_superior_task_due", "superior_task", ["due_on", "done_on", "deleted_at"], unique=False)
    op.create_table(
        "gap_reason",
        *_record_columns(),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_gap_reason_span")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_gap_reason_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_reason")),
    )
    op.create_index("ix_gap_reason_duty", "gap_reason", ["duty", "first_on", "last_on", "deleted_at"], unique=False)
