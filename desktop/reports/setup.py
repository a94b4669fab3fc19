"""The committee's reporting rule and the texts people write for a report."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desktop.foundation.days import Period
from desktop.foundation.errors import InputError
from desktop.foundation.text import tidy
from desktop.register.rights import Officer, Right
from desktop.reports.content import ReportTexts
from desktop.reports.periods import MonthRule
from desktop.reports.records import ReportSetting, ReportText
from desktop.reports.rules import check_setup, check_texts
from desktop.store.unit import Store


@dataclass(frozen=True)
class ReportSetup:
    """When a reporting month begins and to whom reports go."""

    first_day: int = 1
    recipient: str = ""

    @property
    def rule(self) -> MonthRule:
        """Return how months are counted."""
        return MonthRule(self.first_day)


class ReportSetupService:
    """Reads and changes rule and texts."""

    def __init__(self, store: Store, officer: Officer) -> None:
        self._store, self._officer = store, officer

    def setup(self) -> ReportSetup:
        """Return the committee's rule; calendar months until somebody says otherwise."""
        with self._store.reading() as session:
            return setup_in(session)

    def change(self, first_day: int | None, recipient: str) -> None:
        """Store the rule; raise InputError with every problem."""
        self._officer.require(Right.MANAGE)
        recipient = tidy(recipient)
        if problems := check_setup(first_day, recipient):
            raise InputError(problems=problems)
        assert first_day is not None  # noqa: S101  check_setup has refused None
        with self._store.writing("修改报表设置", self._officer) as unit:
            stored = _setting_in(unit.session) or unit.add(ReportSetting())
            stored.first_day, stored.recipient = first_day, recipient

    def texts(self, period: Period) -> ReportTexts:
        """Return what people wrote for *period*."""
        with self._store.reading() as session:
            return texts_in(session, period)

    def write_texts(self, period: Period, title: str, texts: ReportTexts) -> None:
        """Store what people wrote for *period*; two empty texts let the records speak again."""
        self._officer.require(Right.REPORT)
        if problems := check_texts(texts.done, texts.plans):
            raise InputError(problems=problems)
        with self._store.writing(f"改写报表文字：{title}", self._officer) as unit:
            stored = _text_in(unit.session, period)
            if stored is None:
                stored = unit.add(ReportText(first_on=period.first, last_on=period.last))
            stored.done, stored.plans = texts.done.strip(), texts.plans.strip()


def setup_in(session: Session) -> ReportSetup:
    """Return the rule seen by *session*."""
    stored = _setting_in(session)
    return ReportSetup() if stored is None else ReportSetup(stored.first_day, stored.recipient)


def texts_in(session: Session, period: Period) -> ReportTexts:
    """Return the texts of *period* seen by *session*."""
    stored = _text_in(session, period)
    return ReportTexts() if stored is None else ReportTexts(stored.done, stored.plans)


def _setting_in(session: Session) -> ReportSetting | None:
    return session.exec(select(ReportSetting).where(col(ReportSetting.deleted_at).is_(None))).first()


def _text_in(session: Session, period: Period) -> ReportText | None:
    query = select(ReportText).where(
        col(ReportText.deleted_at).is_(None), ReportText.first_on == period.first, ReportText.last_on == period.last
    )
    return session.exec(query).first()
