"""The committee's profile and its officers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import tidy_name
from desktop.register.records import Profile, Staff
from desktop.register.rights import Officer, Right, Role
from desktop.register.rules import check_region
from desktop.store.unit import Store

MIN_PASSWORD = 8
_COMMON = frozenset((
    "12345678", "123456789", "1234567890", "88888888", "66666666", "11111111", "00000000", "11223344",
    "12344321", "87654321", "123123123", "password", "password1", "passw0rd", "qwertyui", "qwerty123",
    "qwer1234", "asdfghjk", "asdf1234", "1qaz2wsx", "1q2w3e4r", "abc12345", "abcd1234", "a1234567", "a12345678",
    "aa123456", "abcdefgh", "admin123", "administrator", "iloveyou", "woaini1314", "woaini520", "5201314520",
    "52013141", "juweihui", "juwei123", "shequ123", "shequ2026", "zhangsan", "lisi1234", "q1w2e3r4", "zxcvbnm1",
    "asd12345", "147258369", "159753456",
))  # fmt: skip


@dataclass(frozen=True)
class ProfileRow:
    """The committee as every heading shows it."""

    name: str
    region: str
    address: str
    phone: str
    version: int


@dataclass(frozen=True)
class StaffRow:
    """One officer."""

    id: UUID
    name: str
    role: Role
    phone: str


class PeopleService:
    """Use cases around profile and officers."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store = store
        self._officer = officer

    def profile(self) -> ProfileRow:
        """Return the committee's profile."""
        with self._store.reading() as session:
            return profile_in(session)

    def change_profile(self, *, name: str, region: str, address: str, phone: str, version: int) -> None:
        """Store a changed profile; raise InputError with every problem."""
        self._officer.require(Right.MANAGE)
        problems = check_region(region)
        if not name:
            problems.insert(0, Problem("name", "required", "请填居委会名称。"))
        if problems:
            raise InputError(problems=problems)
        with self._store.writing("修改单位信息", self._officer) as unit:
            stored = unit.session.exec(select(Profile)).one()
            profile = unit.get(Profile, stored.id, version=version)
            profile.name, profile.region, profile.address, profile.phone = name, region, address, phone

    def staff(self) -> list[StaffRow]:
        """Return the officers, directors first."""
        with self._store.reading() as session:
            rows = session.exec(select(Staff).where(col(Staff.deleted_at).is_(None)))
            order = list(Role)
            return sorted(
                (StaffRow(row.id, row.name, Role(row.role), row.phone) for row in rows),
                key=lambda row: (order.index(row.role), row.name),
            )


def profile_in(session: Session) -> ProfileRow:
    """Return the profile seen by *session*."""
    row = session.exec(select(Profile)).one()
    return ProfileRow(row.name, row.region, row.address, row.phone, row.version)


def check_password(password: str, *, name: str = "") -> list[Problem]:
    """Return what is wrong with a new password: too short, blank at the ends, common, one character, or the name."""
    plain = password.lower()
    if len(password) < MIN_PASSWORD:
        return [Problem("password", "password_short", f"密码至少{MIN_PASSWORD}位，现在是{len(password)}位。")]
    if password != password.strip():
        return [Problem("password", "password_blank", "密码开头或末尾有空格，容易记错，请去掉。")]
    if plain in _COMMON or len(set(plain)) <= 2 or plain in "01234567890123456789" or plain in "98765432109876543210":
        return [Problem("password", "password_common", "太常见，请换一个，至少8位。")]
    if name and plain == name.lower():
        return [Problem("password", "password_common", "密码不能就是姓名，请换一个。")]
    return []


def check_staff_name(name: str, taken: set[str]) -> list[Problem]:
    """Return what is wrong with an officer's name among those *taken*."""
    plain = tidy_name(name)
    if not plain:
        return [Problem("name", "required", "请填姓名。")]
    if plain in taken:
        return [Problem("name", "name_taken", f"已有“{plain}”，同名的请加区别，如“{plain}（小）”。")]
    return []
