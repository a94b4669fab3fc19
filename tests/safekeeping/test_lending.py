"""带到笔记本 and 带回: never two computers that may write, nothing merged in silence, and a stick may be lost."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from desktop.foundation.errors import (
    DamagedFile,
    EnvironmentFailure,
    FileBusy,
    InputError,
    NewerFile,
    NotAllowed,
)
from desktop.foundation.jobs import JobCancelled
from desktop.register.leaving import shut_out
from desktop.register.office import reset_with_recovery
from desktop.register.service.exports import Leaving
from desktop.safekeeping.arriving import NotTaken
from desktop.safekeeping.aside import put_aside
from desktop.safekeeping.compare import compare
from desktop.safekeeping.found import find_backups
from desktop.safekeeping.holders import ByCode
from desktop.safekeeping.last import remembered
from desktop.safekeeping.restore import restore
from desktop.safekeeping.taken import note_taken, taken_by
from desktop.safekeeping.verify import look_inside, look_over
from desktop.shell.backups import backups_of, lending_of
from desktop.store.baton import APART, HERE, LEAVING, OUT, LentOut, noted_baton
from desktop.store.folder import DataFolder
from desktop.store.locks import exclusive_lock
from desktop.store.migrate import HEAD, SCRIPTS
from tests.conftest import OFFICERS, RECOVERY_CODE
from tests.safekeeping.lending import (
    LATER,
    baton,
    enter,
    give,
    holder,
    name_as_unfinished,
    places,
    receive,
    store,
    take_back,
    writable,
)
from tests.safekeeping.making import (
    Stopping,
    back_up,
    everything_in,
    figures,
    fill,
    names,
    settle,
    signed_in,
)
from tests.safekeeping.test_restore import NEXT_REVISION


@pytest.fixture
def office(folder):
    """The office's data folder with three residents; nobody is signed in."""
    with signed_in(folder) as bench:
        settle(bench)
    return folder


@pytest.fixture
def laptop(tmp_path):
    """A laptop with nothing on it yet."""
    return DataFolder(tmp_path / "laptop")


@pytest.fixture
def third(tmp_path):
    """One more computer."""
    return DataFolder(tmp_path / "third")


@pytest.fixture
def lent(office, stick):
    """The copy with which 罗晓梅 has taken the data along."""
    return give(office, stick).path


@pytest.fixture
def at_the_laptop(lent, laptop):
    """The laptop, working on the data."""
    receive(lent, laptop, holder("卫生专干"))
    return laptop


# What is refused


def test_while_the_data_are_out_nothing_is_stored_here_and_the_sentence_says_who_has_them(lent, office):
    with signed_in(office) as bench:
        with pytest.raises(LentOut) as refused:
            store(bench, "不该有的小区")
        assert str(refused.value) == (
            "数据由罗晓梅带出，6月17日 10:42。这台电脑只能看和打印，带回后才能改。没有保存，填的内容还在。"
        )
        assert refused.value.exit_status == 3
        for attempt in (
            lambda: bench.journal.undo(bench.journal.steps()[0].id, bench.officer),
            lambda: bench.colleagues.set_password(
                next(row.id for row in bench.colleagues.colleagues() if not row.is_self), "xin mima 88"
            ),
            lambda: bench.people.change_profile(name="别的", region="", address="", phone="", version=1),
        ):
            with pytest.raises(LentOut):
                attempt()
    assert "不该有的小区" not in places(office)


def test_reading_looking_at_numbers_drafts_and_figures_go_on(lent, office):
    with signed_in(office) as bench:
        assert names(bench) == {"欧阳雪梅", "王阿婆", "赵铁柱"}
        person = bench.residents.search("欧阳雪梅")[0].id
        assert bench.residents.reveal(person, "phone")
        bench.drafts.keep("resident:new", {"name": "打到一半"})
        assert bench.drafts.find("resident:new").content == {"name": "打到一半"}
        assert figures(bench)
        assert bench.exports.note(Leaving("清单导出“居民住户”", 3, "resident")).startswith("清单导出")


def test_the_data_are_not_given_away_twice(lent, office, stick):
    before = everything_in(stick)
    with pytest.raises(InputError, match=r"数据由罗晓梅带出，6月17日 10:42。.*没有再带出一份"):
        give(office, stick)
    assert everything_in(stick) == before


def test_a_reader_neither_gives_nor_fetches(office, stick, laptop):
    with pytest.raises(NotAllowed, match="只读"):
        give(office, stick, role="只读")
    assert list(stick.iterdir()) == []
    path = give(office, stick).path
    with pytest.raises(NotAllowed, match="何秀英的登录名只能看"):
        receive(path, laptop, holder("只读"))
    assert not laptop.is_set_up()
    assert taken_by(path) is None


@pytest.mark.parametrize("role", ["主任", "卫生专干", "网格员", "只读"])
def test_each_role_gives_takes_back_and_fetches_as_the_table_says(office, stick, laptop, role):
    may = {"主任": (True, True, True), "卫生专干": (True, False, True), "网格员": (True, False, True),
           "只读": (False, False, False)}[role]  # fmt: skip

    def asked(what):
        try:
            what()
        except NotAllowed:
            return False
        return True

    gave = asked(lambda: give(office, stick, role=role))
    path = next(stick.iterdir()) if gave else give(office, stick).path
    fetched = asked(lambda: receive(path, laptop, holder(role)))
    took = asked(lambda: take_back(office, role=role))
    assert (gave, took, fetched) == may


def test_a_second_window_that_gives_the_data_away_at_the_same_moment_is_told(office, stick, monkeypatch):
    monkeypatch.setattr("desktop.store.locks._WAIT_EXCLUSIVE_S", 0.05)
    with exclusive_lock(office.path / "lend.lock"), pytest.raises(FileBusy, match="另一个窗口正在带出或收回"):
        give(office, stick)
    assert baton(office).is_here


def test_a_copy_inside_the_data_folder_is_refused(office):
    with pytest.raises(InputError, match="备份不能放在资料自己的文件夹里"):
        give(office, office.path / "带出")
    assert baton(office).is_here


def test_a_stick_that_is_not_there_changes_nothing(office, tmp_path):
    with pytest.raises(EnvironmentFailure, match="找不到这个文件夹"):
        give(office, tmp_path / "没有" / "这个U盘")
    assert baton(office).is_here


def test_a_full_stick_leaves_this_computer_as_it_was(office, small_stick):
    fill(small_stick, free=100_000)
    with pytest.raises(EnvironmentFailure, match="磁盘满了，还差"):
        give(office, small_stick)
    assert baton(office).is_here
    assert not noted_baton(office.path).heir
    assert [path.name for path in small_stick.iterdir()] == ["films"]
    enter(office, "照常能登记")


def test_a_stick_pulled_out_midway_leaves_this_computer_as_it_was(office, stick, monkeypatch):
    def pull(*_arguments):
        stick.rename(stick.with_name("拔掉了"))
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("desktop.safekeeping.backup.sync_file", pull)
    with pytest.raises(EnvironmentFailure, match="中途拔掉"):
        give(office, stick)
    assert baton(office).state == HERE


def test_a_stick_that_lies_about_its_room_leaves_this_computer_as_it_was(office, stick, monkeypatch):
    monkeypatch.setattr("desktop.safekeeping.backup.digest_of", lambda path, context: str(path.stat().st_mtime_ns))
    real = everything_in(stick)
    monkeypatch.setattr("desktop.safekeeping.backup.facts_of", _fake)
    with pytest.raises(DamagedFile, match="容量是假的"):
        give(office, stick)
    assert baton(office).state == HERE
    assert everything_in(stick) == real


def _fake(*_arguments):
    raise DamagedFile("read back as zeros")


def test_a_stop_at_any_moment_leaves_this_computer_as_it_was(office, stick):
    stops = 0
    for after in range(60):
        with signed_in(office) as bench:
            try:
                lending_of(bench).give(stick, Stopping(after))
            except JobCancelled:
                stops += 1
                assert bench.store.baton().is_here
                assert list(stick.iterdir()) == []
                continue
        break
    assert stops > 3


def test_a_failure_while_the_copy_gets_its_name_leaves_this_computer_as_it_was(office, stick, monkeypatch):
    def fail(_folder):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("desktop.safekeeping.backup.sync_names", _only_after(4, fail))
    with pytest.raises(EnvironmentFailure):
        give(office, stick)
    assert writable(office) == [True]
    assert list(stick.iterdir()) == []


def _only_after(calls, then):
    seen = []

    def call(folder):
        seen.append(folder)
        if not folder.name.startswith("."):
            then(folder)

    return call


def test_the_copy_is_taken_by_one_computer_only(lent, at_the_laptop, third):
    with pytest.raises(NotTaken, match=r"已经在一台电脑.*上接着用了，不能再接一次"):
        receive(lent, third)
    assert not third.is_set_up()
    assert places(at_the_laptop) is not None


def test_the_copy_is_not_taken_where_it_was_made(lent, office):
    with pytest.raises(NotTaken, match="这就是这台电脑带出去的那一份"):
        receive(lent, office)
    assert baton(office).state == OUT


def test_the_same_copy_is_not_taken_twice_by_the_same_computer(lent, at_the_laptop):
    enter(at_the_laptop, "笔记本上登的")
    with pytest.raises(NotTaken, match="已经接到这台电脑上了"):
        receive(lent, at_the_laptop)
    assert "笔记本上登的" in places(at_the_laptop)


def test_a_copy_that_was_in_use_is_not_taken_again_after_the_laptop_was_emptied(lent, at_the_laptop):
    shutil.rmtree(at_the_laptop.path)
    with pytest.raises(NotTaken, match="不能再接一次"):
        receive(lent, at_the_laptop)


def test_a_copy_whose_taking_was_cut_off_is_taken_by_the_same_computer(lent, laptop, third):
    note_taken(lent, laptop.path, LATER.now(), done=False)
    with pytest.raises(NotTaken, match="不能再接一次"):
        receive(lent, third)
    receive(lent, laptop)
    assert writable(laptop) == [True]


def test_a_mark_that_cannot_be_read_counts_as_taken(lent, laptop):
    (lent / "已接收.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotTaken, match="记号读不出来"):
        receive(lent, laptop)


def test_nobody_leaves_and_no_new_password_is_lost_while_the_data_are_out(lent, office):
    with signed_in(office) as bench:
        leaver, key = next(row.id for row in bench.colleagues.colleagues() if not row.is_self), bench.data_key
        officer = bench.officer
    before = office.current().folder
    with pytest.raises(LentOut):
        shut_out(office, key, officer, leaver, clock=LATER)
    assert office.current().folder == before
    director = office.current().ring().named(OFFICERS["主任"])
    new_code = (*RECOVERY_CODE[1:], RECOVERY_CODE[0])
    reset_with_recovery(
        office, code=RECOVERY_CODE, director_id=director.id, password="xin mima 88", new_code=new_code, clock=LATER
    )
    with signed_in(office, password="xin mima 88") as bench:
        lending_of(bench).take_back()


def test_where_nothing_can_be_marked_the_copy_is_not_taken(lent, laptop, monkeypatch):
    def read_only(*_arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("desktop.safekeeping.taken.write_flushed", read_only)
    with pytest.raises(EnvironmentFailure, match="要在原来的地方做个记号"):
        receive(lent, laptop)
    assert not laptop.is_set_up()


def test_a_copy_of_another_office_is_refused(lent, tmp_path, template_folder):
    from desktop.register.office import NewOfficer, set_up
    from desktop.register.rights import Role
    from tests.conftest import PASSWORD
    from tests.safekeeping.lending import CHEAP

    other = DataFolder(tmp_path / "other")
    officers = [NewOfficer(OFFICERS["主任"], Role.DIRECTOR, PASSWORD)]
    set_up(other, committee="前山社区居民委员会", region="", officers=officers, recovery_code=RECOVERY_CODE,
           clock=LATER, cost=CHEAP)  # fmt: skip
    with pytest.raises(NotTaken, match="这一份是“后环社区居民委员会”带出的，这台电脑上是“前山社区居民委员会”"):
        receive(lent, other)
    assert baton(other).is_here
    assert taken_by(lent) is None


def test_a_copy_of_a_newer_program_is_refused_and_nothing_is_marked(lent, laptop, monkeypatch):
    monkeypatch.setattr("desktop.safekeeping.verify.HEAD", "0001")
    with pytest.raises(NewerFile, match="更新版本"):
        receive(lent, laptop)
    assert taken_by(lent) is None


def test_a_copy_of_an_older_program_is_migrated_and_brings_the_right_to_write(lent, laptop, tmp_path, monkeypatch):
    scripts = tmp_path / "revisions"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9998.py").write_text(NEXT_REVISION.replace("{head}", HEAD), encoding="utf-8")
    for module in ("desktop.store.migrate", "desktop.safekeeping.verify"):
        monkeypatch.setattr(f"{module}.HEAD", "9998")
    told = restore(lent, laptop, holder("卫生专干"), clock=LATER, scripts=scripts)
    assert told.migrated
    assert told.arrival.received
    enter(laptop, "笔记本上登的")


def test_on_a_computer_with_data_of_its_own_only_a_director_takes_the_copy(office, stick, laptop):
    shutil.copytree(office.path, laptop.path)
    path = give(office, stick).path
    with pytest.raises(NotAllowed, match="要用主任的密码或恢复码"):
        receive(path, laptop, holder("卫生专干"))
    receive(path, laptop)
    assert writable(office, laptop) == [False, True]


# To and fro


def test_the_data_go_to_the_laptop_and_back_whole(office, stick, lent, laptop):
    with signed_in(office) as bench:
        then = figures(bench)
        bench.residents.reveal(bench.residents.search("欧阳雪梅")[0].id, "phone")
        bench.drafts.keep("resident:new", {"name": "打到一半"})
    assert look_over(lent).manifest.handing.staff == OFFICERS["卫生专干"]
    told = receive(lent, laptop, holder("卫生专干"))
    assert told.arrival.said.startswith("数据接过来了，从现在起在这台电脑上登记。")
    assert writable(office, laptop) == [False, True]
    with signed_in(laptop) as bench:
        assert figures(bench) == then
        assert names(bench) == {"欧阳雪梅", "王阿婆", "赵铁柱"}
    enter(laptop, "笔记本上登的")
    back = give(laptop, stick)
    assert writable(office, laptop) == [False, False]
    assert baton(laptop).sentence == "数据由罗晓梅带回办公室，6月17日 10:42。这台电脑只能看和打印，再带出来后才能改。"
    told = receive(back.path, office, holder("网格员"))
    assert told.arrival.said == "数据带回来了，从现在起在这台电脑上登记。"
    assert told.kept is not None
    assert writable(office, laptop) == [True, False]
    enter(office, "回来以后登的")
    assert {"笔记本上登的", "回来以后登的"} <= places(office)
    with signed_in(office) as bench:
        assert figures(bench) == then
        assert all(line.ok for line in bench.check())
        assert [step.label for step in bench.journal.disclosures()] == ["查看电话"]
        assert bench.drafts.find("resident:new").content == {"name": "打到一半"}
        labels = [label for (label,) in _labels(bench)]
    told = ["带到笔记本", "接过数据", "新建点位", "带回办公室", "查看电话", "带回数据", "新建点位"]
    assert labels[-len(told) :] == told
    assert not remembered(office.path).resting


def _labels(bench):
    with bench.store.reading() as session:
        return session.connection().exec_driver_sql("SELECT label FROM step ORDER BY rowid").fetchall()


def test_the_same_laptop_goes_out_again_and_again(office, stick, laptop):
    for number in range(3):
        receive(give(office, stick).path, laptop, holder("卫生专干"))
        enter(laptop, f"第{number}次")
        receive(give(laptop, stick).path, office, holder("卫生专干"))
    assert {"第0次", "第1次", "第2次"} <= places(office)
    assert writable(office, laptop) == [True, False]
    assert not baton(office).away
    assert baton(laptop).away


def test_of_what_returns_have_replaced_the_newest_stays_and_what_a_restore_set_aside_stays(office, stick, laptop):
    def kept():
        return [path for path in (office.path / "generations").iterdir() if "恢复前" in path.name]

    with signed_in(office) as bench:
        ordinary = back_up(bench, stick).path
    receive(ordinary, office)
    (by_restoring,) = kept()
    for number in range(3):
        receive(give(office, stick).path, laptop, holder("卫生专干"))
        enter(laptop, f"第{number}趟")
        receive(give(laptop, stick).path, office, holder("卫生专干"))
        assert len(kept()) == 2
    assert by_restoring in kept()
    assert places(office) >= {"第0趟", "第1趟", "第2趟"}
    (replaced,) = (path for path in kept() if path != by_restoring)
    assert receive(replaced, office).counts["resident"] == 3


def test_the_laptop_may_pass_the_data_on_and_the_last_one_brings_them_back(office, stick, at_the_laptop, third):
    receive(give(at_the_laptop, stick).path, third)
    enter(third, "第三台上登的")
    assert writable(office, at_the_laptop, third) == [False, False, True]
    receive(give(third, stick).path, office, holder("卫生专干"))
    assert "第三台上登的" in places(office)
    assert writable(office, at_the_laptop, third) == [True, False, False]


def test_an_older_copy_of_the_laptop_is_not_taken_after_the_newer_one(office, stick, at_the_laptop, laptop):
    first = give(at_the_laptop, stick).path
    receive(first, office, holder("卫生专干"))
    with pytest.raises(NotTaken, match="已经接到这台电脑上了"):
        receive(first, office, holder())


def test_the_code_brings_the_data_back_too(office, stick, at_the_laptop):
    path = give(at_the_laptop, stick).path
    receive(path, office, ByCode(RECOVERY_CODE))
    assert writable(office) == [True]


def test_a_copy_that_was_carried_is_sound_through_and_through(lent, office):
    with signed_in(office) as bench:
        assert look_inside(look_over(lent), bench.data_key).counts["resident"] == 3


# A lost stick


def test_only_the_director_takes_back_what_is_out(lent, office):
    with pytest.raises(NotAllowed):
        take_back(office, role="卫生专干")
    take_back(office)
    enter(office, "收回以后登的")


def test_there_is_nothing_to_take_back_while_the_data_are_here(office):
    with pytest.raises(InputError, match="不用收回"):
        take_back(office)


def test_after_taking_back_the_late_copy_is_refused_kept_compared_and_put_aside(office, stick, at_the_laptop):
    enter(at_the_laptop, "笔记本上登的")
    take_back(office)
    enter(office, "收回以后登的")
    late = give(at_the_laptop, stick).path
    before = everything_in(late)
    with pytest.raises(NotTaken, match="已经作废"):
        receive(late, office)
    assert places(office) == {*places(office)} - {"笔记本上登的"}
    found = compare(late, office, holder(), clock=LATER)
    assert "已经作废" in found.refused
    assert not found.related
    assert [step.label for step in found.only_there] == ["带回办公室", "新建点位", "接过数据"]
    assert found.then["place"] == found.now["place"]
    assert compare(late, office, holder("网格员"), clock=LATER).only_there == ()
    kept = put_aside(late, office, holder(), clock=LATER)
    assert everything_in(late) == before
    with pytest.raises(InputError, match="已经在这台电脑上留着"):
        put_aside(late, office, holder(), clock=LATER)
    (listed,) = [one for one in find_backups([], office.path) if one.path == kept]
    assert listed.holds == "带回时没有接的另一份"
    assert "笔记本上登的" not in places(office)
    restored = restore(kept, office, holder(), clock=LATER)
    assert "笔记本上登的" in places(office)
    assert writable(office) == [True]
    restore(restored.kept, office, holder(), clock=LATER)
    assert "收回以后登的" in places(office)


def test_putting_aside_is_the_directors_and_a_damaged_copy_is_not_put_aside(office, stick, at_the_laptop):
    take_back(office)
    late = give(at_the_laptop, stick).path
    with pytest.raises(NotAllowed):
        put_aside(late, office, holder("卫生专干"), clock=LATER)
    (late / "juwei.db").write_bytes((late / "juwei.db").read_bytes()[:-1])
    with pytest.raises(DamagedFile):
        put_aside(late, office, holder(), clock=LATER)
    assert [path for path in (office.path / "generations").iterdir() if "另一份" in path.name] == []


def test_a_copy_still_at_hand_is_void_once_the_director_has_taken_back(lent, office, laptop):
    take_back(office)
    with pytest.raises(NotTaken, match="已经作废：6月17日 10:42在办公室收回了"):
        receive(lent, laptop)
    assert writable(office, laptop) == [True, False]


def test_lent_again_after_a_loss_the_old_laptop_gives_way_with_the_directors_word(office, stick, at_the_laptop):
    enter(at_the_laptop, "作废的")
    take_back(office)
    path = give(office, stick).path
    with pytest.raises(NotAllowed):
        receive(path, at_the_laptop, holder("卫生专干"))
    restored = receive(path, at_the_laptop)
    assert "作废的" not in places(at_the_laptop)
    assert restored.kept is not None
    receive(give(at_the_laptop, stick).path, office, holder("卫生专干"))
    assert writable(office, at_the_laptop) == [True, False]


# Ordinary backups


def test_an_ordinary_backup_restored_where_the_data_are_out_does_not_bring_the_right_to_write(office, stick):
    path = None
    with signed_in(office) as bench:
        path = back_up(bench, stick).path
    give(office, stick)
    told = restore(path, office, holder(), clock=LATER)
    assert baton(office).state == OUT
    assert told.arrival.said.startswith("数据由罗晓梅带出")


def test_even_with_the_file_damaged_while_the_data_are_out(office, stick):
    with signed_in(office) as bench:
        path = back_up(bench, stick).path
    give(office, stick)
    database = office.current().database
    database.write_bytes(bytes(database.stat().st_size))
    restore(path, office, holder(), clock=LATER)
    assert baton(office).state == OUT
    take_back(office)
    enter(office, "收回以后登的")


def test_a_new_computer_goes_on_from_a_backup_of_an_office_that_never_lent(office, stick, third):
    with signed_in(office) as bench:
        path = back_up(bench, stick).path
    told = restore(path, third, holder("卫生专干"), clock=LATER)
    assert told.arrival.said.startswith("这是一份普通备份。原来那台电脑要是还在用")
    enter(third, "新电脑上登的")
    assert baton(third).id != baton(office).id
    with pytest.raises(NotAllowed):
        receive(give(third, stick).path, office, holder("卫生专干"))


def test_where_data_have_been_carried_a_backup_on_a_third_computer_is_read_only_until_the_director_says_so(
    office, stick, at_the_laptop, third
):
    receive(give(at_the_laptop, stick).path, office, holder("卫生专干"))
    with signed_in(office) as bench:
        path = back_up(bench, stick).path
    told = restore(path, third, holder("卫生专干"), clock=LATER)
    assert baton(third).state == APART
    assert told.arrival.said.startswith("这是从备份恢复的另一份")
    with signed_in(third) as bench, pytest.raises(LentOut, match="主任收回后才能改"):
        store(bench, "不该有的")
    with pytest.raises(NotAllowed):
        take_back(third, role="卫生专干")
    take_back(third)
    enter(third, "主任说了算")


def test_a_backup_made_while_the_data_were_out_says_so_wherever_it_is_restored(lent, office, stick, third, laptop):
    with signed_in(office) as bench:
        path = backups_of(bench).back_up(stick).path
    restore(path, third, holder(), clock=LATER)
    assert baton(third).state == OUT
    # The office's computer is gone: what comes back is taken by the one that stands in for it.
    receive(lent, laptop)
    enter(laptop, "笔记本上登的")
    receive(give(laptop, stick).path, third, holder("卫生专干"))
    assert "笔记本上登的" in places(third)


def test_an_older_backup_that_says_out_does_not_take_the_right_to_write_from_who_has_it(lent, office, stick, laptop):
    with signed_in(office) as bench:
        path = backups_of(bench).back_up(stick).path
    receive(lent, laptop)
    receive(give(laptop, stick).path, office, holder("卫生专干"))
    restore(path, office, holder(), clock=LATER)
    assert writable(office) == [True]


def test_automatic_backups_and_reminders_rest_while_the_data_are_out(lent, office, tmp_path):
    with signed_in(office) as bench:
        service = backups_of(bench)
        bench.clock.advance(timedelta(days=40))
        assert not service.is_due()
        assert not service.status().late
        assert service.back_up_by_itself(tmp_path) is None


# What a kill leaves


def test_a_kill_before_the_copy_is_verified_can_be_undone_or_done_again(office, stick, monkeypatch):
    with signed_in(office, staff=OFFICERS["网格员"]) as bench:
        lending = lending_of(bench)
        lending._begin(stick)  # and then the program was killed
    with signed_in(office, staff=OFFICERS["网格员"]) as bench:
        lending = lending_of(bench)
        assert lending.baton().state == LEAVING
        assert lending.left_over().safe
        with pytest.raises(LentOut, match="带出没有完成"):
            store(bench, "不该有的")
        lending.take_back()
        store(bench, "又能登了")
        lending._begin(stick)
    give(office, stick)
    assert baton(office).state == OUT


def test_a_kill_after_the_copy_got_its_name_is_ended_and_not_undone_by_just_anybody(office, stick):
    path = give(office, stick).path
    name_as_unfinished(office)
    with signed_in(office, staff=OFFICERS["网格员"]) as bench:
        lending = lending_of(bench)
        assert lending.left_over().named
        with pytest.raises(NotAllowed):
            lending.take_back()
        with pytest.raises(InputError, match="没有再带出一份"):
            lending.give(stick)
        assert lending.settle()
        assert lending.baton().state == OUT
        assert lending.baton().target == str(path)


def test_with_the_stick_pulled_after_such_a_kill_nobody_but_the_director_can_tell(office, stick):
    give(office, stick)
    name_as_unfinished(office)
    stick.rename(stick.with_name("拔掉了"))
    with signed_in(office, staff=OFFICERS["网格员"]) as bench:
        lending = lending_of(bench)
        left = lending.left_over()
        assert (left.safe, left.named) == (False, False)
        assert not lending.settle()
        with pytest.raises(NotAllowed):
            lending.take_back()
    take_back(office)
    assert writable(office) == [True]
