"""Key slots and the recovery code: what opens a file, and what damaged or mistyped ones say."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.foundation.errors import DamagedFile, InputError, NewerFile, WrongPassword
from desktop.store.keys import (
    RECOVERY,
    Cost,
    KeyRing,
    load_ring,
    make_slot,
    new_data_key,
    open_slot,
    reseal,
)
from desktop.store.recovery import GROUPS, new_recovery_code, parse_recovery_code, secret_of

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
KEY = bytes(range(32))


def slot(secret="yu qin 2026!", slot_id="0a" * 16):
    return make_slot(slot_id, "沈玉琴", "主任", secret, KEY, CHEAP)


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing("后环社区居民委员会", (slot(), slot("1" * 40, RECOVERY))).save(path)
    return path


def tampered(path, **changes):
    content = json.loads(path.read_text(encoding="utf-8"))
    content["slots"][0].update(changes)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_password_opens_and_nothing_else_does():
    one = slot()
    assert open_slot(one, "yu qin 2026!") == KEY
    for wrong in ("", "yu qin 2026", "Yu qin 2026!", "yu qin 2026! "):
        with pytest.raises(WrongPassword, match="密码不对"):
            open_slot(one, wrong)


def test_a_wrong_recovery_code_is_called_by_its_name():
    with pytest.raises(WrongPassword, match="恢复码不对"):
        open_slot(slot("1" * 40, RECOVERY), "2" * 40)


def test_a_slot_takes_a_new_key_without_the_password():
    fresh = new_data_key()
    again = reseal(slot(), fresh)
    assert open_slot(again, "yu qin 2026!") == fresh != KEY
    with pytest.raises(WrongPassword):
        open_slot(again, "something else")


def test_two_slots_of_one_password_share_no_sealed_byte():
    one, other = slot(), slot()
    for name in ("salt", "public_key", "private_key_sealed", "data_key_public", "data_key_sealed"):
        assert getattr(one, name) != getattr(other, name)


def test_a_slot_under_another_name_does_not_open():
    with pytest.raises(WrongPassword):
        open_slot(replace(slot(), id="0b" * 16), "yu qin 2026!")


def test_cost_is_read_from_the_file(stored):
    ring = load_ring(stored)
    assert (ring.slots[0].memory_kib, ring.slots[0].iterations, ring.slots[0].lanes) == (64, 1, 1)
    with pytest.raises(WrongPassword):
        open_slot(replace(ring.slots[0], iterations=2), "yu qin 2026!")


def test_the_default_cost_is_what_the_design_asks_for():
    assert Cost() == Cost(memory_kib=64 * 1024, iterations=3, lanes=4)


def test_a_stored_ring_comes_back_the_same(stored):
    ring = load_ring(stored)
    assert ring.committee == "后环社区居民委员会"
    assert [one.name for one in ring.people] == ["沈玉琴"]
    assert open_slot(ring.named("沈玉琴"), "yu qin 2026!") == KEY
    assert open_slot(ring.of(RECOVERY), "1" * 40) == KEY
    with pytest.raises(WrongPassword, match="名单里没有“罗晓梅”"):
        ring.named("罗晓梅")
    with pytest.raises(WrongPassword, match="重新选择"):
        ring.of("0c" * 16)


def test_slots_are_replaced_added_and_taken_away(stored):
    ring = load_ring(stored)
    changed = replace(ring.slots[0], name="沈玉琴（大）")
    assert [one.name for one in ring.with_slot(changed).slots] == ["沈玉琴（大）", "沈玉琴"]
    assert len(ring.with_slot(slot(slot_id="0b" * 16)).slots) == 3
    assert [one.id for one in ring.without(RECOVERY).slots] == ["0a" * 16]


def test_neither_password_nor_key_stands_in_the_file(stored):
    text = stored.read_text(encoding="utf-8")
    assert "yu qin 2026!" not in text
    assert KEY.hex() not in text


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "other"}', b'{"format": "juwei-keys"}',
     b'{"format": "juwei-keys", "version": "x"}', b'{"format": "juwei-keys", "version": 1, "committee": "a"}',
     b'{"format": "juwei-keys", "version": 1, "committee": "a", "slots": [{}]}',
     b'{"format": "juwei-keys", "version": 1, "committee": "a", "slots": [7]}'],
)  # fmt: skip
def test_a_damaged_file_is_a_sentence(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match="备份"):
        load_ring(path)


def test_a_newer_file_is_a_sentence(tmp_path):
    path = tmp_path / "keys.json"
    path.write_text('{"format": "juwei-keys", "version": 2}', encoding="utf-8")
    with pytest.raises(NewerFile, match="更新版本"):
        load_ring(path)


@pytest.mark.parametrize(
    "changes",
    [{"memory_kib": "64"}, {"memory_kib": True}, {"memory_kib": 2**40}, {"iterations": 10**6}, {"lanes": 1.0},
     {"salt": None}, {"name": 7}, {"extra": 1}],
)  # fmt: skip
def test_a_slot_of_the_wrong_shape_is_a_sentence(stored, changes):
    with pytest.raises(DamagedFile, match="备份"):
        load_ring(tampered(stored, **changes))


@pytest.mark.parametrize(
    "changes",
    [{"salt": "not base64!"}, {"salt": ""}, {"memory_kib": 0}, {"public_key": "AAAA", "data_key_public": "AAAA"},
     {"data_key_public": "A" * 43 + "="}, {"data_key_sealed": "A" * 64}, {"data_key_nonce": ""},
     {"private_key_nonce": ""}],
)  # fmt: skip
def test_torn_bytes_in_a_slot_are_told_from_a_wrong_password(stored, changes):
    ring = load_ring(tampered(stored, **changes))
    with pytest.raises(DamagedFile, match="备份"):
        open_slot(ring.slots[0], "yu qin 2026!")


def test_saving_leaves_no_passing_file(stored):
    load_ring(stored).save(stored)
    assert os.listdir(stored.parent) == ["keys.json"]  # noqa: PTH208


def test_a_new_recovery_code_reads_back_however_it_is_typed():
    code = new_recovery_code()
    assert [len(group) for group in code] == [5] * 8
    for typed in (" ".join(code), "-".join(code), "\n".join(code), "".join(code), "　".join(code)):
        assert parse_recovery_code(typed) == code
    wide = secret_of(code).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert parse_recovery_code(wide) == code


def test_recovery_codes_differ():
    assert len({new_recovery_code() for _ in range(200)}) == 200


@given(st.lists(st.integers(0, 9999), min_size=8, max_size=8), st.integers(0, 39), st.integers(1, 9))
def test_any_single_wrong_digit_is_found_with_its_group(numbers, place, off):
    code = with_check_digits(numbers)
    assert parse_recovery_code(code) == tuple(code[start : start + 5] for start in range(0, 40, 5))
    wrong = f"{code[:place]}{(int(code[place]) + off) % 10}{code[place + 1 :]}"
    with pytest.raises(InputError, match=f"^第{place // 5 + 1}组"):
        parse_recovery_code(wrong)


def with_check_digits(numbers):
    """Write the groups by the table of doubled digits, apart from how the program does it."""
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    groups = []
    for number in numbers:
        first, second, third, fourth = (int(digit) for digit in f"{number:04d}")
        total = first + doubled[second] + third + doubled[fourth]
        groups.append(f"{number:04d}{(10 - total % 10) % 10}")
    return "".join(groups)


@pytest.mark.parametrize("typed", ["", "12345", "0" * 39, "0" * 41, "一二三四五"])
def test_a_code_of_the_wrong_length_says_how_many_digits_there_are(typed):
    digits = sum(character.isdigit() for character in typed)
    with pytest.raises(InputError, match=f"一共{GROUPS * 5}个数字，这里有{digits}个"):
        parse_recovery_code(typed)
