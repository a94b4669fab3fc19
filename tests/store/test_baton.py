"""The row that says who may write: read by every unit of work, and noted beside the file."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.foundation.errors import EnvironmentFailure
from desktop.store.baton import APART, OUT, LentOut, baton_of, note_baton, noted_baton, put_baton
from desktop.store.drafts import Drafts
from desktop.store.engine import connect
from desktop.store.gate import WriteWithoutHistory
from desktop.store.migrate import create_schema
from tests.conftest import NOW
from tests.factories import add_place, one_step


def give_away(opened, state=OUT):
    with opened.store.writing("", opened.officer, even_lent=True) as unit:
        put_baton(unit.session, replace(opened.store.baton(), state=state, staff_name="李梅", at=NOW))


def test_the_baton_is_not_written_past_a_unit_of_work(opened):
    refused = (WriteWithoutHistory, sqlcipher.DatabaseError)
    with pytest.raises(refused), opened.store.keeping() as session:
        session.connection().exec_driver_sql("UPDATE baton SET state = 'here'")


@pytest.mark.parametrize("state", [OUT, APART])
def test_nothing_is_stored_while_another_computer_holds_the_data(opened, state):
    before = opened.store.change_mark()
    give_away(opened, state)
    with pytest.raises(LentOut) as refused:
        one_step(opened, add_place)
    assert str(refused.value).endswith("没有保存，填的内容还在。")
    assert opened.store.change_mark() == before


def test_drafts_are_kept_all_the_same(opened, clock):
    give_away(opened)
    drafts = Drafts(opened.store, opened.officer.staff_id, clock)
    drafts.keep("form", {"name": "打到一半"})
    assert drafts.find("form").content == {"name": "打到一半"}
    drafts.drop("form")


def test_a_unit_that_began_before_ends_and_the_next_one_is_refused(opened):
    with opened.store.writing("新建点位", opened.officer) as unit:
        add_place(unit)
    give_away(opened)
    with pytest.raises(LentOut):
        one_step(opened, add_place)


def test_what_is_read_without_a_store_is_the_same(opened):
    give_away(opened)
    with closing(connect(opened.store.path, opened.data_key)) as raw:
        assert baton_of(raw) == opened.store.baton()


def test_each_new_file_has_a_baton_of_its_own(tmp_path):
    found = []
    for name in ("one.db", "two.db"):
        create_schema(tmp_path / name, bytes(32))
        with closing(connect(tmp_path / name, bytes(32))) as raw:
            found.append(baton_of(raw))
    assert all(baton.is_here and not baton.was_passed for baton in found)
    assert found[0].id != found[1].id


def test_a_file_older_than_batons_has_none(tmp_path):
    create_schema(tmp_path / "old.db", bytes(32))
    with closing(connect(tmp_path / "old.db", bytes(32))) as raw:
        raw.execute("DROP TABLE baton")
        assert baton_of(raw) is None


def test_the_note_beside_the_file_says_the_same_and_a_torn_one_says_nothing(opened, tmp_path):
    assert noted_baton(tmp_path) is None
    give_away(opened)
    note_baton(tmp_path, opened.store.baton())
    assert noted_baton(tmp_path) == opened.store.baton()
    note = tmp_path / "baton.json"
    note.write_bytes(note.read_bytes()[:40])
    assert noted_baton(tmp_path) is None
    with pytest.raises(EnvironmentFailure):
        note_baton(tmp_path / "没有", opened.store.baton())
