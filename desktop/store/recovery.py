"""The recovery code: eight groups of five digits, the last of each a check digit, 106 random bits in all."""

from __future__ import annotations

import secrets

from desktop.foundation.errors import InputError
from desktop.foundation.text import squeeze

GROUPS = 8
_RANDOM_DIGITS = 4


def new_recovery_code() -> tuple[str, ...]:
    """Return eight groups such as ("40717", "92361", …)."""
    return tuple(_with_check_digit(f"{secrets.randbelow(10**_RANDOM_DIGITS):04d}") for _ in range(GROUPS))


def parse_recovery_code(text: str) -> tuple[str, ...]:
    """Return the eight groups typed as *text*; raise InputError naming the first wrong group."""
    digits = "".join(character for character in squeeze(text) if character.isdigit())
    width = _RANDOM_DIGITS + 1
    if len(digits) != GROUPS * width:
        raise InputError(f"恢复码一共{GROUPS * width}个数字，这里有{len(digits)}个，请对照恢复码那张纸。")
    groups = tuple(digits[start : start + width] for start in range(0, len(digits), width))
    for number, group in enumerate(groups, start=1):
        if not is_sound_group(group):
            raise InputError(f"第{number}组“{group}”有数字输错了，请对照恢复码那张纸。")
    return groups


def is_sound_group(group: str) -> bool:
    """Return whether *group* is five digits of which the last checks the others."""
    right_shape = len(group) == _RANDOM_DIGITS + 1 and group.isascii() and group.isdigit()
    return right_shape and _with_check_digit(group[:-1]) == group


def secret_of(groups: tuple[str, ...]) -> str:
    """Return the secret that opens the recovery slot: all digits in order."""
    return "".join(groups)


def _with_check_digit(digits: str) -> str:
    """Append the Luhn digit (ISO/IEC 7812-1 annex B); it catches every single wrong digit and most swaps."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
