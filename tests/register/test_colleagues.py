"""Who may sign in: refusals first, then what each change opens and what it no longer opens."""

from __future__ import annotations

import pytest

from desktop.foundation.errors import InputError, NotAllowed, WrongPassword
from desktop.register.office import opened, unlock
from desktop.register.rights import Right, Role
from desktop.store.keys import RECOVERY, Cost
from desktop.store.recovery import new_recovery_code, secret_of
from tests.conftest import COMMITTEE, OFFICERS, PASSWORD, RECOVERY_CODE

NEW = "xin mima 88"
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def colleagues(bench):
    bench.colleagues.cost = CHEAP
    return bench.colleagues


def id_of(colleagues, role):
    return next(row.id for row in colleagues.colleagues() if row.role == role)


def fields(refused):
    return {(problem.field, problem.code) for problem in refused.value.problems}


@pytest.mark.parametrize("role", ["卫生专干", "网格员", "只读"])
def test_only_the_director_manages_colleagues_but_everybody_their_own_password(bench_as, role):
    bench = bench_as(Role(role))
    service = bench.colleagues
    service.cost = CHEAP
    mine = bench.officer.staff_id
    for forbidden in (
        service.colleagues,
        lambda: service.add("新同事", Role.GRID, NEW),
        lambda: service.change(mine, "新名字", Role.DIRECTOR),
        lambda: service.set_password(mine, NEW),
        service.next_code_number,
        lambda: service.issue_code(new_recovery_code()),
        lambda: service.change_profile(name="别处", region="", address="", phone="", version=1),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    service.change_own_password(PASSWORD, NEW)


def test_a_bad_colleague_is_refused_with_every_problem_and_nobody_is_added(folder, colleagues):
    keys = folder.current().keys.read_bytes()
    with pytest.raises(InputError) as refused:
        colleagues.add(f" {OFFICERS['网格员']} ", Role.GRID, "12345678")
    assert fields(refused) == {("name", "name_taken"), ("password", "password_common")}
    with pytest.raises(InputError) as refused:
        colleagues.add("", Role.GRID, "short")
    assert fields(refused) == {("name", "required"), ("password", "password_short")}
    assert folder.current().keys.read_bytes() == keys
    assert len(colleagues.colleagues()) == 4


def test_the_last_director_cannot_lose_the_role_and_the_second_can(colleagues):
    director = id_of(colleagues, "主任")
    with pytest.raises(InputError) as refused:
        colleagues.change(director, OFFICERS["主任"], Role.HEALTH)
    assert fields(refused) == {("role", "last_director")}
    colleagues.change(id_of(colleagues, "卫生专干"), OFFICERS["卫生专干"], Role.DIRECTOR)
    colleagues.change(director, OFFICERS["主任"], Role.READER)
    assert [row.name for row in colleagues.colleagues() if row.role is Role.DIRECTOR] == [OFFICERS["卫生专干"]]


def test_the_own_password_needs_the_old_one_and_a_better_new_one(folder, colleagues, bench):
    keys = folder.current().keys.read_bytes()
    with pytest.raises(InputError) as refused:
        colleagues.change_own_password("not the old one", "12345678")
    assert fields(refused) == {("old", "password_wrong"), ("password", "password_common")}
    with pytest.raises(InputError) as refused:
        colleagues.change_own_password(PASSWORD, PASSWORD)
    assert fields(refused) == {("password", "password_same")}
    assert folder.current().keys.read_bytes() == keys
    colleagues.change_own_password(PASSWORD, NEW)
    assert unlock(folder, bench.officer.staff_id.hex, NEW) == bench.data_key
    with pytest.raises(WrongPassword):
        unlock(folder, bench.officer.staff_id.hex, PASSWORD)


def test_an_added_colleague_signs_in_with_the_role_given(folder, colleagues, bench, clock):
    staff_id = colleagues.add("钱小芳", Role.GRID, NEW)
    assert unlock(folder, staff_id.hex, NEW) == bench.data_key
    with opened(folder, slot_id=staff_id.hex, secret=NEW, clock=clock) as found:
        assert (found.officer.name, found.officer.role) == ("钱小芳", Role.GRID)
        assert not found.officer.may(Right.SEE_HEALTH)
    row = next(row for row in colleagues.colleagues() if row.id == staff_id)
    assert (row.has_password, row.sees_health, row.is_self) == (True, False, False)


def test_a_changed_role_counts_at_the_next_sign_in_and_the_login_shows_it(folder, colleagues, clock):
    grid = id_of(colleagues, "网格员")
    colleagues.change(grid, "周建国（小）", Role.HEALTH)
    slot = folder.current().ring().of(grid.hex)
    assert (slot.name, slot.role) == ("周建国（小）", "卫生专干")
    with opened(folder, slot_id=grid.hex, secret=PASSWORD, clock=clock) as found:
        assert found.officer.may(Right.SEE_HEALTH)


def test_the_director_gives_another_a_new_password_but_not_himself(folder, colleagues, bench):
    grid = id_of(colleagues, "网格员")
    with pytest.raises(InputError, match="自己的密码"):
        colleagues.set_password(bench.officer.staff_id, NEW)
    with pytest.raises(InputError) as refused:
        colleagues.set_password(grid, OFFICERS["网格员"])
    assert fields(refused) == {("password", "password_short")}
    colleagues.set_password(grid, NEW)
    assert unlock(folder, grid.hex, NEW) == bench.data_key
    with pytest.raises(WrongPassword):
        unlock(folder, grid.hex, PASSWORD)


def test_a_new_recovery_code_voids_the_old_one_and_counts_on(folder, colleagues, bench):
    assert colleagues.next_code_number() == "R-2026-02"
    code = new_recovery_code()
    colleagues.issue_code(code)
    assert unlock(folder, RECOVERY, secret_of(code)) == bench.data_key
    with pytest.raises(WrongPassword):
        unlock(folder, RECOVERY, secret_of(RECOVERY_CODE))
    assert colleagues.next_code_number() == "R-2026-03"


def test_the_committee_s_new_name_stands_on_the_login_too(folder, colleagues, bench):
    profile = bench.people.profile()
    with pytest.raises(InputError) as refused:
        colleagues.change_profile(name=" ", region="44", address="", phone="", version=profile.version)
    assert fields(refused) == {("name", "required"), ("region", "region_length")}
    assert folder.current().ring().committee == COMMITTEE
    colleagues.change_profile(
        name="柠溪社区居民委员会", region=profile.region, address="柠溪路2号", phone="0756", version=profile.version
    )
    assert folder.current().ring().committee == bench.people.profile().name == "柠溪社区居民委员会"


def test_somebody_listed_without_a_slot_can_be_given_a_password(folder, colleagues, bench):
    grid = id_of(colleagues, "网格员")
    ring = folder.current().ring()
    ring.without(grid.hex).save(folder.current().keys)
    assert not next(row for row in colleagues.colleagues() if row.id == grid).has_password
    colleagues.set_password(grid, NEW)
    assert unlock(folder, grid.hex, NEW) == bench.data_key


def test_no_change_of_who_may_sign_in_can_be_undone(colleagues, bench):
    colleagues.add("钱小芳", Role.GRID, NEW)
    colleagues.change_own_password(PASSWORD, NEW)
    assert bench.journal.last_undoable(bench.officer.staff_id) is None
