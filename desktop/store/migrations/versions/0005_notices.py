"""The number register with its archive, the committee's own wording of notice templates, and postings.

Revision 0005; before it 0004.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create four tables, parents before children."""
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
    )
    _unique_living("number_series", "series")
    _issued_documents()
    op.create_table(
        "own_template",
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_template")),
    )
    _unique_living("own_template", "template")
    _postings()


def _issued_documents() -> None:
    op.create_table(
        "issued_document",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("layout", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(length=100), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        *_common(),
        sa.CheckConstraint("serial > 0", name=op.f("ck_issued_document_serial")),
        sa.CheckConstraint("(voided_on IS NULL) = (void_reason = '')", name=op.f("ck_issued_document_void")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
    )
    op.create_index("ux_issued_document_number", "issued_document", ["series", "year", "serial"], unique=True)
    op.create_index("ix_issued_document_day", "issued_document", ["issued_on", "id", "deleted_at"])
    op.create_index("ix_issued_document_template", "issued_document", ["template", "deleted_at"])


def _postings() -> None:
    op.create_table(
        "posting",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("places", sa.String(length=1000), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("posted_by", sa.String(length=100), nullable=False),
        sa.Column("reviewed_by", sa.String(length=100), nullable=False),
        sa.Column("down_due_on", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=100), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=2000), nullable=False),
        *_common(),
        sa.CheckConstraint("down_due_on IS NULL OR down_due_on >= posted_on", name=op.f("ck_posting_due_day")),
        sa.CheckConstraint("taken_down_on IS NULL OR taken_down_on >= posted_on", name=op.f("ck_posting_down_day")),
        sa.CheckConstraint("checked_on IS NULL OR checked_on >= posted_on", name=op.f("ck_posting_check_day")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_posting_document_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index("ix_posting_day", "posting", ["posted_on", "deleted_at", "id"])
    op.create_index("ix_posting_due", "posting", ["down_due_on", "taken_down_on", "deleted_at"])
    op.create_index("ix_posting_document", "posting", ["document_id", "deleted_at"])


def _unique_living(table: str, column: str) -> None:
    living = sa.text("deleted_at IS NULL")
    op.create_index(f"ux_{table}_{column}", table, [column], unique=True, sqlite_where=living, postgresql_where=living)


def _common() -> list[sa.Column[Any]]:
    """Return what every record carries."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
    ]
