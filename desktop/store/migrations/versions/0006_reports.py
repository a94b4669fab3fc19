"""The reporting rule, texts of reports, and reports as they were handed in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


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
    """Add the three tables."""
    op.create_table(
        "report_setting",
        *_record_columns(),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.CheckConstraint("first_day BETWEEN 1 AND 28", name=op.f("ck_report_setting_first_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_setting")),
    )
    op.create_table(
        "report_text",
        *_record_columns(),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("done", sa.String(length=4000), nullable=False),
        sa.Column("plans", sa.String(length=4000), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_report_text_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
    )
    living = sa.text("deleted_at IS NULL")
    op.create_index(
        "ux_report_text_period", "report_text", ["first_on", "last_on"], unique=True, sqlite_where=living,
        postgresql_where=living,
    )  # fmt: skip
    op.create_table(
        "report_submission",
        *_record_columns(),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("handled_by", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("remark", sa.String(length=2000), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_report_submission_span")),
        sa.ForeignKeyConstraint(
            ["corrects"], ["report_submission.id"], name=op.f("fk_report_submission_corrects"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_submission")),
    )
    op.create_index(
        "ix_report_submission_period", "report_submission", ["first_on", "last_on", "deleted_at"], unique=False
    )
