"""The citizen identity number (GB 11643-1999): its check digit, its birthday, its sex, and what is wrong with one."""

from __future__ import annotations

import re
from datetime import date
from operator import mul

from desktop.foundation.text import squeeze

LENGTH = 18
OLD_LENGTH = 15
EARLIEST_YEAR = 1900
# GB 11643: weight 2^(18-position) mod 11 for positions 1–17, and the check character by the sum's remainder.
_WEIGHTS = tuple(2 ** (LENGTH - position) % 11 for position in range(1, LENGTH))
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
# What people type for the X at the end: multiplication sign, Greek chi, Cyrillic ha, the Roman ten.
_X_LOOKALIKES = str.maketrans(dict.fromkeys("×✕ΧχХхⅩⅹ", "X"))
_QUOTES = "'‘’`＇"


def tidy_id_number(text: str) -> str:
    """Return *text* as an identity number is stored: half-width, no blanks, no leading apostrophe, a capital X."""
    if len(text) == LENGTH and text.isascii() and text.isalnum():
        return text.upper()
    return squeeze(text).lstrip(_QUOTES).upper().translate(_X_LOOKALIKES)


def check_digit(number: str) -> str:
    """Return the check character that belongs to the first 17 digits of *number*."""
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, number))) % 11]  # map stops at the shorter: the last one is left out


def check_id_number(text: str, *, today: date) -> tuple[str, str] | None:
    """Return (code, sentence) for the first thing wrong with an identity number; None if nothing is.

    Codes in the order they are looked for: id_length (15-digit numbers too), id_checksum, id_date (impossible,
    after *today*, before 1900). The region code is not looked up: abolished codes are still carried by people.
    """
    number = tidy_id_number(text)
    if len(number) != LENGTH:
        return "id_length", _length_sentence(number)
    if not _well_formed(number):
        return "id_checksum", _character_sentence(number)
    if check_digit(number) != number[-1]:
        return "id_checksum", _checksum_sentence(number)
    if sentence := _day_sentence(born_on(number), today):
        return "id_date", sentence
    return None


def born_on(number: str) -> date | None:
    """Return the birthday inside an 18-character *number*; None if there is none."""
    if not _well_formed(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str | None:
    """Return 男 or 女 by the 17th digit (odd: 男); None if *number* is not of 18 characters."""
    if not _well_formed(number):
        return None
    return "男" if int(number[16]) % 2 else "女"


def _well_formed(number: str) -> bool:
    return _FORM.fullmatch(number) is not None


def _length_sentence(number: str) -> str:
    if len(number) == OLD_LENGTH and number.isascii() and number.isdigit():
        return "这是15位旧号，请换成18位"
    return f"身份证号应为18位，这里是{len(number)}位；没有号码请留空"


def _character_sentence(number: str) -> str:
    if "*" in number:
        return "身份证号中间是星号，请填完整的号码"
    return "身份证号里混进了别的字，应为17位数字加一位数字或X"


def _checksum_sentence(number: str) -> str:
    if number.endswith("000"):
        return "身份证号第18位对不上，末三位是000，可能被Excel改过，请对照证件重填"
    return "身份证号第18位对不上，多半有一位填错了，请对照证件"


def _day_sentence(born: date | None, today: date) -> str:
    if born is None:
        return "身份证号第7到14位不是一个日期，请对照证件"
    if born > today:
        return "身份证号里的出生日期在今天之后，请对照证件"
    return "身份证号里的出生年份早于1900年，请对照证件" if born.year < EARLIEST_YEAR else ""
