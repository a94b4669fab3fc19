"""The committee's own numbers, kept as dated editions: the newest one up to a day is what was so on it."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.register.profile_numbers import ProfileNumbers, numbers_of, read_numbers, stored_of
from desktop.register.rights import Officer, Right
from desktop.register.service.standards import StandardService, editions_in

STANDARD = "profile_numbers"


def profile_numbers_in(session: Session, day: date) -> ProfileNumbers | None:
    """Return the numbers as known on *day*; None before the first, and where all were taken away."""
    edition = next((one for one in editions_in(session, STANDARD) if one.effective_from <= day), None)
    found = numbers_of(edition.effective_from, edition.content) if edition else None
    return found if found is not None and found.numbers else None


def check_numbers(as_of: date | None, text: str, *, today: date) -> list[Problem]:
    """Return every problem at once."""
    problems = [Problem("numbers", "refused", told) for told in read_numbers(text)[1]]
    if as_of is None:
        problems.append(Problem("as_of", "required", "请填截至哪天。"))
    elif as_of > today:
        problems.append(Problem("as_of", "date_future", "这一天还没到，请填数字是哪天的。"))
    return problems


class ProfileNumberService:
    """Anybody reads them; who manages writes them."""

    def __init__(self, standards: StandardService, officer: Officer, clock: Clock) -> None:
        self._standards, self._officer, self._clock = standards, officer, clock

    def current(self) -> ProfileNumbers | None:
        """Return the newest numbers, None if there are none."""
        edition = self._standards.in_force(STANDARD, self._clock.today())
        found = numbers_of(edition.effective_from, edition.content) if edition else None
        return found if found is not None and found.numbers else None

    def change(self, as_of: date | None, text: str) -> ProfileNumbers:
        """Store the lines of *text* as what is so since *as_of*; raise InputError with every problem."""
        self._officer.require(Right.MANAGE)
        if problems := check_numbers(as_of, text, today=self._clock.today()):
            raise InputError(problems=problems)
        assert as_of is not None  # noqa: S101  check_numbers has refused such a day
        numbers = read_numbers(text)[0]
        self._standards.add_edition(
            {
                "standard": STANDARD, "edition": self._standards.free_edition(STANDARD, as_of),
                "title": "辖区基本数字", "effective_from": as_of.isoformat(), "source": "本居委会登记",
                "numbers": stored_of(numbers),
            },
            self._officer,
            label="修改辖区基本数字",
        )  # fmt: skip
        return ProfileNumbers(as_of, tuple(numbers))
