"""The first schema: what the store keeps, register, health, activities, inspections, pest control.

Revision 0001; nothing was before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release, parents before children."""
    _kept_by_the_store()
    _register()
    _health()
    _activities()
    _inspections()
    _pest_control()


def _kept_by_the_store() -> None:
    """Create what the store keeps for itself: journal, drafts, search."""
    op.create_table(
        "draft",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "form", name=op.f("pk_draft")),
        info={"free": True},
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "learned_heading",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("column_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "heading", name=op.f("pk_learned_heading")),
        info={"free": True},
    )
    op.create_table(
        "search_key",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "row", name=op.f("pk_search_key")),
        info={"free": True, "derived": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_key_row", "search_key", ["row"], unique=False)
    op.create_table(
        "search_owner",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_search_owner")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_search_owner_owner_id")),
        info={"free": True, "derived": True},
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_at"), "step", ["at"], unique=False)
    op.create_table(
        "history_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("record_type", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_history_entry_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
    )
    op.create_index("ix_history_entry_record_id", "history_entry", ["record_id"], unique=False)
    op.create_index(op.f("ix_history_entry_step_id"), "history_entry", ["step_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5("
        "names, homes, tokenize='unicode61', content='', contentless_delete=1, detail='full')"
    )


def _register() -> None:
    """Create committee, officers, places, dwellings, residents, standards."""
    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("grid", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("manager", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("household_count", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_index("ix_place_name", "place", ["name"], unique=False)
    op.create_table(
        "profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_table(
        "resident_order",
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("address_key", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_resident_order")),
        info={"free": True, "derived": True},
    )
    op.create_index("ix_resident_order_address", "resident_order", ["gone", "address_key", "resident_id"], unique=False)
    op.create_index(
        "ix_resident_order_due", "resident_order", ["gone", "due_on", "address_key", "resident_id"], unique=False
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.CheckConstraint("role IN ('主任', '卫生专干', '网格员', '只读')", name=op.f("ck_staff_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "standard_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("standard", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_set")),
    )
    op.create_index(
        "ux_standard_set_edition",
        "standard_set",
        ["standard", "edition"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("building_key", sa.String(length=40), nullable=False),
        sa.Column("unit_key", sa.String(length=40), nullable=False),
        sa.Column("room_key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_household_place_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_index(
        "ux_household_dwelling",
        "household",
        ["place_id", "building_key", "unit_key", "room_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "resident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("file_serial", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("id_number", sa.String(length=18), nullable=True),
        sa.Column("no_id_reason", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("ethnicity", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("contact_name", sa.String(length=100), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("head_name", sa.String(length=100), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("residence_type", sa.String(length=40), nullable=False),
        sa.Column("dwelling_state", sa.String(length=10), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=4000), nullable=False),
        sa.CheckConstraint(
            "dwelling_state IN ('自住', '出租', '空置', '迁出', '死亡', '')", name=op.f("ck_resident_dwelling_state")
        ),
        sa.CheckConstraint("sex IN ('男', '女', '')", name=op.f("ck_resident_sex")),
        sa.CheckConstraint("id_number IS NULL OR length(id_number) = 18", name=op.f("ck_resident_id_number_length")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_resident_household_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
    )
    op.create_index("ix_resident_household_id", "resident", ["household_id"], unique=False)
    op.create_index("ix_resident_name", "resident", ["name"], unique=False)
    op.create_index(
        "ix_resident_presence",
        "resident",
        ["born_on", "dwelling_state", "changed_on", "arrived_on", "deleted_at", "household_id", "id"],
        unique=False,
    )
    op.create_index("ux_resident_file_serial", "resident", ["file_serial"], unique=True)
    op.create_index(
        "ux_resident_id_number",
        "resident",
        ["id_number"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "resident_tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name=op.f("ck_resident_tag_period")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_tag_resident_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_tag")),
    )
    op.create_index("ix_resident_tag_resident_id", "resident_tag", ["resident_id"], unique=False)
    op.create_index("ix_resident_tag_tag", "resident_tag", ["tag", "resident_id"], unique=False)


def _health() -> None:
    """Create visits and what is due."""
    op.create_table(
        "health_due",
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", "what", name=op.f("pk_health_due")),
        info={"free": True, "derived": True},
    )
    op.create_index("ix_health_due_day", "health_due", ["due_on", "resident_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("systolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("diastolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("pulse_per_min", sa.Integer(), nullable=True),
        sa.Column("glucose_umol_per_l", sa.Integer(), nullable=True),
        sa.Column("medication", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=100), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("remark", sa.String(length=4000), nullable=False),
        sa.Column("flag", sa.String(length=20), nullable=False),
        sa.Column("standard", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "diastolic_mmhg IS NULL OR diastolic_mmhg BETWEEN 20 AND 220", name=op.f("ck_visit_diastolic")
        ),
        sa.CheckConstraint(
            "glucose_umol_per_l IS NULL OR glucose_umol_per_l BETWEEN 100 AND 60000", name=op.f("ck_visit_glucose")
        ),
        sa.CheckConstraint("next_on IS NULL OR next_on > visited_on", name=op.f("ck_visit_next_day")),
        sa.CheckConstraint("systolic_mmhg > diastolic_mmhg", name=op.f("ck_visit_pressures")),
        sa.CheckConstraint("systolic_mmhg IS NULL OR systolic_mmhg BETWEEN 40 AND 320", name=op.f("ck_visit_systolic")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_resident_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(
        "ix_visit_day",
        "visit",
        ["visited_on", "service", "flag", "systolic_mmhg", "diastolic_mmhg", "resident_id", "deleted_at"],
        unique=False,
    )
    op.create_index(
        "ix_visit_next", "visit", ["next_on", "resident_id", "service", "visited_on", "deleted_at"], unique=False
    )
    op.create_index("ix_visit_person", "visit", ["resident_id", "service", "visited_on", "deleted_at"], unique=False)


def _activities() -> None:
    """Create activities and what is summed up from them."""
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("in_charge", sa.String(length=100), nullable=False),
        sa.Column("partners", sa.String(length=400), nullable=False),
        sa.Column("planned_people", sa.Integer(), nullable=True),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("ledgers", sa.String(length=400), nullable=False),
        sa.Column("work", sa.String(length=4000), nullable=False),
        sa.Column("summary", sa.String(length=4000), nullable=False),
        sa.CheckConstraint("status IN ('计划', '已办', '取消', '延期')", name=op.f("ck_activity_status")),
        sa.CheckConstraint("attendance IS NULL OR attendance >= 0", name=op.f("ck_activity_attendance")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= held_on", name=op.f("ck_activity_end_day")),
        sa.CheckConstraint("planned_people IS NULL OR planned_people >= 0", name=op.f("ck_activity_planned_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_category", "activity", ["category", "held_on", "deleted_at", "id"], unique=False)
    op.create_index(
        "ix_activity_day", "activity", ["held_on", "status", "attendance", "deleted_at", "id"], unique=False
    )
    op.create_index("ix_activity_end", "activity", ["ends_on", "held_on", "deleted_at", "id"], unique=False)
    op.create_index(
        "ix_activity_status", "activity", ["status", "held_on", "ends_on", "deleted_at", "id"], unique=False
    )
    op.create_table(
        "activity_ledger",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("ledger", sa.String(length=100), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "ledger", name=op.f("pk_activity_ledger")),
        info={"free": True, "derived": True},
    )
    op.create_index("ix_activity_ledger_name", "activity_ledger", ["ledger", "held_on", "activity_id"], unique=False)
    op.create_table(
        "activity_work",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("place_in_list", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("amount_milli", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("qualifier", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "place_in_list", name=op.f("pk_activity_work")),
        info={"free": True, "derived": True},
    )
    op.create_index(
        "ix_activity_work_day", "activity_work", ["held_on", "name", "unit", "amount_milli", "qualifier"], unique=False
    )


def _inspections() -> None:
    """Create inspections and letters of responsibility."""
    op.create_table(
        "pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("manager", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_pledge_copies")),
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= signed_on", name=op.f("ck_pledge_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    op.create_index("ix_pledge_day", "pledge", ["signed_on", "id", "category", "copies", "deleted_at"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("inspector", sa.String(length=100), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("has_finding", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=4000), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("treatment", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("notice_number", sa.String(length=40), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.String(length=2000), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("escalated_to", sa.String(length=100), nullable=False),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("recheck_result", sa.String(length=10), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("has_finding = (problem <> '')", name=op.f("ck_inspection_finding")),
        sa.CheckConstraint("level IN ('一般隐患', '重大隐患', '')", name=op.f("ck_inspection_level")),
        sa.CheckConstraint("recheck_result IN ('合格', '不合格', '')", name=op.f("ck_inspection_recheck_result")),
        sa.CheckConstraint("result IN ('合格', '不合格', '')", name=op.f("ck_inspection_result")),
        sa.CheckConstraint("treatment IN ('现场整改', '整改通知', '上报', '')", name=op.f("ck_inspection_treatment")),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= inspected_on", name=op.f("ck_inspection_closing_day")),
        sa.CheckConstraint("due_on IS NULL OR due_on >= inspected_on", name=op.f("ck_inspection_due_day")),
        sa.CheckConstraint(
            "rechecked_on IS NULL OR rechecked_on >= inspected_on", name=op.f("ck_inspection_recheck_day")
        ),
        sa.CheckConstraint("score_hundredths IS NULL OR score_hundredths >= 0", name=op.f("ck_inspection_score")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_inspection_place_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(
        "ix_inspection_category",
        "inspection",
        ["category", "inspected_on", "id", "has_finding", "treatment", "closed_on", "deleted_at"],
        unique=False,
    )
    op.create_index("ix_inspection_closed", "inspection", ["closed_on", "has_finding", "deleted_at"], unique=False)
    op.create_index(
        "ix_inspection_day",
        "inspection",
        [
            "inspected_on",
            "id",
            "result",
            "has_finding",
            "treatment",
            "notice_on",
            "escalated_on",
            "closed_on",
            "category",
            "deleted_at",
        ],
        unique=False,
    )
    op.create_index(
        "ix_inspection_due",
        "inspection",
        ["due_on", "closed_on", "inspected_on", "has_finding", "treatment", "deleted_at"],
        unique=False,
    )
    op.create_index("ix_inspection_place", "inspection", ["place_id", "deleted_at"], unique=False)


def _pest_control() -> None:
    """Create stock, treatments, monitoring."""
    op.create_table(
        "stock_balance",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(length=100), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("balance_milli", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_stock_balance")),
        info={"free": True, "derived": True},
    )
    op.create_index(
        "ix_stock_balance_batch", "stock_balance", ["agent", "batch", "place", "balance_milli"], unique=False
    )
    op.create_table(
        "stock_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("agent", sa.String(length=100), nullable=False),
        sa.Column("ingredient", sa.String(length=100), nullable=False),
        sa.Column("content", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("registration", sa.String(length=40), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("package_mg", sa.Integer(), nullable=True),
        sa.Column("package", sa.String(length=20), nullable=False),
        sa.Column("movement", sa.String(length=10), nullable=False),
        sa.Column("quantity_milli", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(length=100), nullable=False),
        sa.Column("receiver", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "movement IN ('期初', '入库', '领用', '发放到户', '退回', '回收', '报废', '盘点')",
            name=op.f("ck_stock_entry_movement"),
        ),
        sa.CheckConstraint("package_mg IS NULL OR package_mg >= 0", name=op.f("ck_stock_entry_package")),
        sa.CheckConstraint("quantity_milli >= 0", name=op.f("ck_stock_entry_quantity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
    )
    op.create_index(
        "ix_stock_entry_balance",
        "stock_entry",
        ["agent", "batch", "happened_on", "movement", "quantity_milli", "deleted_at"],
        unique=False,
    )
    op.create_index(
        "ix_stock_entry_day",
        "stock_entry",
        ["happened_on", "agent", "package", "package_mg", "deleted_at"],
        unique=False,
    )
    op.create_table(
        "aedes_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("water_containers", sa.Integer(), nullable=True),
        sa.Column("positive_containers", sa.Integer(), nullable=False),
        sa.Column("positive_households", sa.Integer(), nullable=True),
        sa.Column("container_kind", sa.String(length=100), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("inspector", sa.String(length=100), nullable=False),
        sa.CheckConstraint("households >= 0", name=op.f("ck_aedes_check_households")),
        sa.CheckConstraint("positive_containers >= 0", name=op.f("ck_aedes_check_positive_containers")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_aedes_check_place_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aedes_check")),
    )
    op.create_index(
        "ix_aedes_check_day",
        "aedes_check",
        ["checked_on", "households", "positive_containers", "water_containers", "positive_households", "deleted_at"],
        unique=False,
    )
    op.create_index("ix_aedes_check_place", "aedes_check", ["place_id", "deleted_at"], unique=False)
    op.create_table(
        "density_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("checked_milli", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("count_large", sa.Integer(), nullable=True),
        sa.Column("inspector", sa.String(length=100), nullable=False),
        sa.Column("remark", sa.String(length=4000), nullable=False),
        sa.CheckConstraint("checked_milli >= 0", name=op.f("ck_density_check_checked")),
        sa.CheckConstraint("positive >= 0", name=op.f("ck_density_check_positive")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_density_check_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_density_check")),
    )
    op.create_index(
        "ix_density_check_day",
        "density_check",
        ["checked_on", "indicator", "checked_milli", "positive", "count", "count_large", "deleted_at"],
        unique=False,
    )
    op.create_index("ix_density_check_place", "density_check", ["place_id", "deleted_at"], unique=False)
    op.create_table(
        "treatment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("import_batch", sa.Uuid(), nullable=True),
        sa.Column("treated_on", sa.Date(), nullable=False),
        sa.Column("pest", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(length=100), nullable=False),
        sa.Column("quantity_milli", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("area_dm2", sa.Integer(), nullable=True),
        sa.Column("operator", sa.String(length=100), nullable=False),
        sa.Column("dead_rats", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=4000), nullable=False),
        sa.CheckConstraint("area_dm2 >= 0", name=op.f("ck_treatment_area")),
        sa.CheckConstraint("dead_rats >= 0", name=op.f("ck_treatment_dead_rats")),
        sa.CheckConstraint("households >= 0", name=op.f("ck_treatment_households")),
        sa.CheckConstraint("quantity_milli >= 0", name=op.f("ck_treatment_quantity")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_treatment_place_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment")),
    )
    op.create_index(
        "ix_treatment_day",
        "treatment",
        ["treated_on", "pest", "agent", "unit", "quantity_milli", "households", "area_dm2", "dead_rats", "deleted_at"],
        unique=False,
    )
    op.create_index("ix_treatment_place", "treatment", ["place_id", "deleted_at"], unique=False)
