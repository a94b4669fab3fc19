"""Nothing in the data folder, the log or an exception can be read without the password."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from desktop.foundation.logs import frames_without_values, start_logging
from desktop.register.office import NewOfficer
from desktop.register.records import Resident
from desktop.register.rights import Role
from desktop.store.drafts import Drafts
from tests.conftest import PASSWORD
from tests.factories import add_household, add_resident, id_number, one_step, resident_values

NAME, PHONE, STREET = "欧阳雪梅", "13927251604", "柠溪路二十七号"
NUMBER = id_number(order=482)
SECRETS = (NAME, PHONE, STREET, NUMBER, NUMBER[6:14], PASSWORD)


def everything_in(path):
    return {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_no_name_number_or_phone_can_be_read_anywhere_in_the_data_folder(folder, bench, clock):
    def work(unit):
        home = add_household(unit, building=STREET)
        unit.session.flush()
        add_resident(unit, home.id, name=NAME, id_number=NUMBER, phone=PHONE, remark=STREET)

    with bench.store.writing(f"新建档案：{NAME}", bench.officer) as unit:
        work(unit)
    Drafts(bench.store, bench.officer.staff_id, clock).keep("resident/new", {"name": NAME, "phone": PHONE})
    assert [row.name for row in bench.residents.search(NAME)] == [NAME]
    kept = everything_in(folder.path)
    assert any(file.name.endswith("-wal") and content for file, content in kept.items()), (
        "the log must be looked at too"
    )
    for file, content in kept.items():
        for secret in SECRETS:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
                assert secret.encode(encoding) not in content, f"{file.name} shows something in {encoding}"
        if file.name.startswith("juwei.db"):
            assert not content.startswith(b"SQLite format 3")


def test_neither_key_nor_password_stands_in_what_a_crash_would_print(opened, bench):
    officer = NewOfficer("沈玉琴", Role.DIRECTOR, PASSWORD)
    for shown in (repr(opened), repr(bench), repr(officer)):
        assert repr(opened.data_key) not in shown
        assert opened.data_key.hex() not in shown
        assert PASSWORD not in shown


def test_saving_leaves_no_passing_file(folder, bench):
    before = {file.name for file in folder.path.rglob("*")}
    with bench.store.writing("新建档案", bench.officer) as unit:
        add_resident(unit, name=NAME)
    assert {file.name for file in folder.path.rglob("*")} == before


def insert_bad_batch(unit):
    unit.start_batch("residents", "居民.xlsx", 1)
    home = add_household(unit)
    unit.session.flush()
    unit.insert_many(Resident, [resident_values(home.id, name=NAME, phone=PHONE, id_number=NUMBER, sex="不详")])


FAILING = {
    "check": (IntegrityError, lambda unit: add_resident(unit, name=NAME, id_number=NUMBER[:15], phone=PHONE)),
    "type": (StatementError, lambda unit: add_resident(unit, name=NAME, id_number=NUMBER, born_on=PHONE)),
    "unique": (
        IntegrityError,
        lambda unit: [
            add_resident(unit, add_household(unit, building=place).id, name=NAME, id_number=NUMBER, phone=PHONE)
            for place in ("1栋", "2栋")
            if unit.session.flush() is None
        ],
    ),
    "batch": (IntegrityError, insert_bad_batch),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_exception_of_a_failing_insert_carries_no_value(opened, tmp_path, name):
    kind, work = FAILING[name]
    with pytest.raises(kind) as caught:
        one_step(opened, work)
    log = start_logging(tmp_path / "log")
    try:
        logging.getLogger("crash").error("保存 failed", exc_info=caught.value)
        said = f"{caught.value} {caught.value!r} {caught.value.orig} {frames_without_values(caught.value)}"
        logged = log.read_text(encoding="utf-8")
    finally:
        for handler in logging.getLogger().handlers[:]:
            handler.close()
            logging.getLogger().removeHandler(handler)
    assert kind.__name__ in logged
    assert "unit.py" in logged
    for secret in SECRETS:
        assert secret not in said
        assert secret not in logged
