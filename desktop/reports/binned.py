"""What of reports lies in the bin after an undo: handed-in reports and written texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col

from desktop.foundation.days import plain_day
from desktop.register.rights import Right
from desktop.register.service.bin import BinKind, living_twin
from desktop.reports.records import ReportSetting, ReportSubmission, ReportText
from desktop.store.query import pick


def _submission_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(ReportSubmission.id, ReportSubmission.title, ReportSubmission.submitted_on).where(
        col(ReportSubmission.id).in_(ids)
    )
    return {one: f"{title}  {plain_day(day)}上报" for one, title, day in session.connection().execute(query)}


def _submission_refusal(session: Session, one: ReportSubmission) -> str:
    if one.corrects is None and living_twin(
        session, ReportSubmission, ReportSubmission.first_on == one.first_on, ReportSubmission.last_on == one.last_on
    ):
        return "这个期间现在另有一份已上报的，不能再恢复。"
    return ""


def _text_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(ReportText.id, ReportText.first_on, ReportText.last_on).where(col(ReportText.id).in_(ids))
    return {one: f"{plain_day(first)}至{plain_day(last)}" for one, first, last in session.connection().execute(query)}


def _text_refusal(session: Session, one: ReportText) -> str:
    if living_twin(session, ReportText, ReportText.first_on == one.first_on, ReportText.last_on == one.last_on):
        return "这个期间现在另有一份文字，不能再恢复。"
    return ""


def _setting_titles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = pick(ReportSetting.id, ReportSetting.first_day).where(col(ReportSetting.id).in_(ids))
    return {one: f"每月{first}日起算" for one, first in session.connection().execute(query)}


def _setting_refusal(session: Session, _one: ReportSetting) -> str:
    return "报表设置现在另有一份，不能再恢复。" if living_twin(session, ReportSetting) else ""


REPORTS_BIN = (
    BinKind(
        model=ReportSubmission,
        word="已上报的报表",
        see=Right.REPORT,
        edit=Right.REPORT,
        titles=_submission_titles,
        refuse=_submission_refusal,
    ),
    BinKind(
        model=ReportText,
        word="报表文字",
        see=Right.REPORT,
        edit=Right.REPORT,
        titles=_text_titles,
        refuse=_text_refusal,
    ),
    BinKind(
        model=ReportSetting,
        word="报表设置",
        see=Right.MANAGE,
        edit=Right.MANAGE,
        titles=_setting_titles,
        refuse=_setting_refusal,
    ),
)
