"""Order rows of residents without a rowid and with shorter keys, counts beside them, visits in order of day and id.

Revision 0007; before it 0006.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROWS_AT_ONCE = 5_000


def upgrade() -> None:
    """Build the order rows anew from the old ones, count them, and replace the index of visits."""
    connection = op.get_bind()
    old = sa.table("resident_order", *map(sa.column, ("resident_id", "gone", "name_key", "due_on")))
    resident, household = (
        sa.table("resident", sa.column("id"), sa.column("household_id")),
        sa.table("household", *map(sa.column, ("id", "place_id", "building_key", "unit_key", "room_key"))),
    )
    place = sa.table("place", sa.column("id"), sa.column("name"))
    kept = connection.execute(
        sa.select(
            old.c.resident_id, old.c.gone, old.c.name_key, old.c.due_on, place.c.name, household.c.building_key,
            household.c.unit_key, household.c.room_key,
        )
        .join(resident, resident.c.id == old.c.resident_id)
        .join(household, household.c.id == resident.c.household_id)
        .join(place, place.c.id == household.c.place_id)
        .order_by(old.c.resident_id)
    ).all()  # fmt: skip
    op.drop_table("resident_order")
    _create()
    order = sa.table("resident_order", *map(sa.column, ("resident_id", "gone", "name_key", "address_key", "due_on")))
    rows = [
        {"resident_id": who, "gone": gone, "name_key": name, "due_on": due, "address_key": _key(*parts)}
        for who, gone, name, due, *parts in kept
    ]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        connection.execute(sa.insert(order), rows[start : start + _ROWS_AT_ONCE])
    counts = {
        "here": sum(not row["gone"] for row in rows),
        "gone": sum(bool(row["gone"]) for row in rows),
        "homes": len({row["address_key"] for row in rows if not row["gone"]}),
    }
    table = sa.table("resident_count", sa.column("what"), sa.column("number"))
    connection.execute(sa.insert(table), [{"what": what, "number": number} for what, number in counts.items()])
    op.drop_index("ix_visit_day", table_name="visit")
    op.create_index(
        "ix_visit_day",
        "visit",
        ["visited_on", "id", "service", "flag", "systolic_mmhg", "diastolic_mmhg", "resident_id", "deleted_at"],
        unique=False,
    )


def _create() -> None:
    op.create_table(
        "resident_order",
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("address_key", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_resident_order")),
        info={"free": True, "derived": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_resident_order_address", "resident_order", ["gone", "address_key", "resident_id"], unique=False)
    op.create_index(
        "ix_resident_order_due", "resident_order", ["gone", "due_on", "address_key", "resident_id"], unique=False
    )
    op.create_index("ix_resident_order_name", "resident_order", ["gone", "name_key", "resident_id"], unique=False)
    op.create_table(
        "resident_count",
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_resident_count")),
        info={"free": True, "derived": True},
    )


def _key(place: str, building: str, unit: str, room: str) -> str:
    """Return what the program of this revision calls the address key."""
    return re.sub(r"[0-9]+", _counted, f"{place}|{building}|{unit}|{room}")[:300]


def _counted(found: re.Match[str]) -> str:
    number = found.group().lstrip("0") or "0"
    return f"{min(len(number), 9)}{number}"
