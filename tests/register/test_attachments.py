"""Photos of records: one step each time, undone and brought back, and only for whoever may see the record."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from desktop.app import assemble
from desktop.foundation.errors import ChangedMeanwhile, DamagedFile, InputError, NotAllowed
from desktop.foundation.pictures import photo_of
from desktop.register.attachments import AFTER, BEFORE, LONGEST_CAPTION
from desktop.register.rights import Role
from desktop.store.blobs import blob_path, blobs_in
from tests.conftest import OFFICERS
from tests.foundation.test_pictures import picture
from tests.inspections.making import finding, places

KIND = "inspection"


@pytest.fixture
def found(bench):
    """An inspection that found something."""
    places(bench)
    return bench.inspections.record(finding())


def photo(number=1, taken=""):
    return photo_of(picture((400 + number, 300), taken=taken))


def add(bench, found, role=BEFORE, number=1, **values):
    return bench.attachments.add(KIND, found.id, role, [photo(number)], **values)


def bin_key(bench):
    (key,) = bench.bin.listed("检查照片")
    return key


def test_a_photo_is_kept_with_its_day_its_officer_and_its_small_picture(bench, found):
    (row,) = bench.attachments.add(KIND, found.id, BEFORE, [photo(taken="2026:06:09 08:30:05")], caption=" 2单元 楼道 ")
    assert (row.role, row.caption, row.added_by, row.text()) == (
        BEFORE,
        "2单元 楼道",
        OFFICERS["主任"],
        "整改前 6月9日",
    )
    assert bench.attachments.of(KIND, found.id) == [row]
    assert bench.attachments.content(row.id) == photo(taken="2026:06:09 08:30:05").jpeg
    assert Image.open(BytesIO(row.thumbnail)).size == (360, 269)


def test_a_photo_without_a_day_says_when_it_was_added_and_one_of_another_year_its_year(bench, found):
    assert add(bench, found)[0].text() == "整改前 6月17日添加"
    (row,) = bench.attachments.add(KIND, found.id, AFTER, [photo(2, taken="2025:12:31 08:30:05")])
    assert row.text() == "整改后 2025年12月31日"


def test_several_photos_are_one_step_and_one_undo(bench, found):
    rows = bench.attachments.add(KIND, found.id, BEFORE, [photo(1), photo(2), photo(3)])
    assert bench.attachments.of(KIND, found.id) == rows
    step = bench.journal.last_undoable(bench.officer.staff_id)
    assert step.label.startswith("添加3张整改前照片：")
    bench.journal.undo(step.id, bench.officer)
    assert bench.attachments.of(KIND, found.id) == []
    assert len(bench.bin.listed("检查照片")) == 3


def test_a_removed_photo_comes_back_from_the_bin_with_its_file(bench, found):
    (row,) = add(bench, found)
    assert bench.attachments.remove(row.id).startswith("删除整改前照片：")
    assert bench.attachments.of(KIND, found.id) == []
    with pytest.raises(InputError, match="已经不在了"):
        bench.attachments.content(row.id)
    (shown,) = bench.bin.rows([bin_key(bench)])
    assert shown.title.startswith("整改前  ")
    bench.bin.put_back(bin_key(bench))
    assert [one.id for one in bench.attachments.of(KIND, found.id)] == [row.id]
    assert bench.attachments.content(row.id) == photo().jpeg


def test_a_photo_does_not_come_back_before_its_inspection(bench, found):
    (row,) = add(bench, found)
    bench.attachments.remove(row.id)
    bench.inspections.remove(found.id)
    with pytest.raises(InputError, match=r"所属的检查.*也在回收站里"):
        bench.bin.put_back(bin_key(bench))


def test_a_removed_inspection_takes_no_photo_and_comes_back_with_those_it_had(bench, found):
    (row,) = add(bench, found)
    bench.inspections.remove(found.id)
    with pytest.raises(InputError, match="已经不在了"):
        add(bench, found, number=2)
    bench.journal.undo(bench.journal.last_undoable(bench.officer.staff_id).id, bench.officer)
    assert [one.id for one in bench.attachments.of(KIND, found.id)] == [row.id]


def test_whoever_may_only_look_sees_photos_and_changes_none(bench, found, open_as, clock):
    (row,) = add(bench, found)
    reader = assemble(open_as(Role.READER), clock)
    assert reader.attachments.content(row.id)
    assert not reader.attachments.may_edit(KIND)
    for change in (
        lambda: add(reader, found),
        lambda: reader.attachments.remove(row.id),
        lambda: reader.attachments.describe(row.id, version=row.version, role=AFTER, caption=""),
    ):
        with pytest.raises(NotAllowed, match="不能登记检查"):
            change()
    assert bench.attachments.of(KIND, found.id) == [row]
    assert len(blobs_in(bench.blobs.folder)) == 1


def test_what_a_photo_shows_can_be_put_right_but_not_over_a_colleague_s_words(bench, found):
    (row,) = add(bench, found)
    bench.attachments.describe(row.id, version=row.version, role=AFTER, caption="清理以后")
    (now,) = bench.attachments.of(KIND, found.id)
    assert (now.role, now.caption) == (AFTER, "清理以后")
    with pytest.raises(ChangedMeanwhile):
        bench.attachments.describe(row.id, version=row.version, role=BEFORE, caption="")
    with pytest.raises(InputError, match="照片说明太长"):
        bench.attachments.describe(row.id, version=now.version, role=AFTER, caption="长" * (LONGEST_CAPTION + 1))


def test_for_paper_the_photos_before_come_first_and_a_lost_one_is_said(bench, found):
    (after,) = add(bench, found, AFTER, 1, caption="已清走")
    (before,) = add(bench, found, BEFORE, 2)
    printed = bench.attachments.for_print(KIND, found.id)
    assert [one.caption for one in printed] == ["整改前 6月17日添加", "整改后 6月17日添加，已清走"]
    assert [one.jpeg for one in printed] == [photo(2).jpeg, photo(1).jpeg]
    assert all(line.ok for line in bench.check())
    name = next(name for name in blobs_in(bench.blobs.folder) if bench.blobs.get(name) == photo(2).jpeg)
    blob_path(bench.blobs.folder, name).unlink()
    assert [one.jpeg for one in bench.attachments.for_print(KIND, found.id)] == [None, photo(1).jpeg]
    with pytest.raises(DamagedFile, match="不见了"):
        bench.attachments.content(before.id)
    assert bench.attachments.content(after.id)
    (bad,) = [line for line in bench.check() if not line.ok]
    assert (bad.code, bad.count) == ("photos", 1)
    assert "有1张打不开" in bad.message


def test_the_same_photo_twice_lies_once(bench, found):
    add(bench, found, BEFORE)
    add(bench, found, AFTER)
    assert len(bench.attachments.of(KIND, found.id)) == 2
    assert len(blobs_in(bench.blobs.folder)) == 1


def test_history_tells_who_added_and_removed_it(bench, found):
    (row,) = add(bench, found)
    bench.attachments.remove(row.id)
    assert [change.action for change in bench.journal.of_record(row.id)] == ["bin", "insert"]
