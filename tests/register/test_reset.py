from __future__ import annotations

import pytest

from desktop.foundation.errors import FileBusy, InputError, WrongPassword
from desktop.register.office import open_with_recovery, reset_with_recovery, unlock
from desktop.register.service.colleagues import recovery_number
from desktop.store.keys import RECOVERY, Cost
from desktop.store.recovery import new_recovery_code, secret_of
from tests.conftest import OFFICERS, PASSWORD, RECOVERY_CODE

NEW = "xin mima 88"
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def reset(folder, clock):
    def run(role="主任", *, code=RECOVERY_CODE, password=NEW, new_code=None):
        slot = folder.current().ring().named(OFFICERS[role])
        reset_with_recovery(
            folder,
            code=code,
            director_id=slot.id,
            password=password,
            new_code=new_code or new_recovery_code(),
            clock=clock,
            cost=CHEAP,
        )
        return slot.id

    return run


def test_a_wrong_code_opens_nothing_and_changes_nothing(folder, reset):
    before = folder.current().keys.read_bytes()
    with pytest.raises(WrongPassword, match="恢复码不对"):
        reset(code=tuple(reversed(RECOVERY_CODE)))
    assert folder.current().keys.read_bytes() == before


@pytest.mark.parametrize(("role", "password"), [("主任", "12345678"), ("主任", "short"), ("网格员", NEW)])
def test_a_bad_password_or_another_role_is_refused_and_changes_nothing(folder, reset, role, password):
    before = folder.current().keys.read_bytes()
    with pytest.raises(InputError):
        reset(role, password=password)
    assert folder.current().keys.read_bytes() == before


def test_while_a_window_works_on_the_file_nothing_is_reset(folder, opened, reset):
    before = folder.current().keys.read_bytes()
    with pytest.raises(FileBusy, match="另一个窗口"):
        reset()
    assert folder.current().keys.read_bytes() == before
    assert opened.store.newest_step_at() is not None


def test_after_a_reset_only_the_new_secrets_open_and_colleagues_keep_theirs(folder, reset):
    code = new_recovery_code()
    slot_id = reset(new_code=code)
    data_key = unlock(folder, slot_id, NEW)
    assert unlock(folder, RECOVERY, secret_of(code)) == data_key
    assert unlock(folder, folder.current().ring().named(OFFICERS["网格员"]).id, PASSWORD) == data_key
    for slot, secret in ((slot_id, PASSWORD), (RECOVERY, secret_of(RECOVERY_CODE))):
        with pytest.raises(WrongPassword):
            unlock(folder, slot, secret)


def test_sheets_count_up_with_every_code_made(folder, clock, reset):
    assert recovery_number(2026) == "R-2026-01"
    first = open_with_recovery(folder, RECOVERY_CODE, clock)
    assert [name for _id, name in first.directors] == [OFFICERS["主任"]]
    assert first.next_number == "R-2026-02"
    code = new_recovery_code()
    reset(new_code=code)
    assert open_with_recovery(folder, code, clock).next_number == "R-2026-03"
