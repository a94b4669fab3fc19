"""The hand-over of a colleague who leaves: what is open in every slice, the page to sign, and names handed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.days import days_left, plain_day
from desktop.foundation.errors import InputError, Problem
from desktop.printing.document import Block, Fields, Paragraph, Sheet, Signatures, Subheading, Table
from desktop.register.behalf import BETWEEN_NAMES
from desktop.register.ports import HandingOn, HandOverSource, OpenItem
from desktop.register.records import Staff, SuperiorTask
from desktop.register.rights import Officer, Right
from desktop.store.unit import Store

SIGNERS = ("移交人", "接收人", "监交人", "移交日期")


@dataclass(frozen=True)
class OpenPart:
    """What is open in one slice."""

    title: str
    items: tuple[OpenItem, ...]


class OpenTasks:
    """Lists what superiors want handed in and nobody has ticked off."""

    title = "没有报的来文任务"
    right = Right.SEE_REGISTER

    def open_items(self, session: Session, today: date) -> Sequence[OpenItem]:
        """Return the tasks by the day they are due, with who wants them."""
        query = (
            select(SuperiorTask)
            .where(col(SuperiorTask.deleted_at).is_(None), col(SuperiorTask.done_on).is_(None))
            .order_by(col(SuperiorTask.due_on), col(SuperiorTask.title))
        )
        return [
            OpenItem(f"{task.title}（{task.sender}）" if task.sender else task.title, task.due_on)
            for task in session.exec(query)
        ]


class HandOverService:
    """Collects what is open; the director's, as only he lets a colleague go."""

    def __init__(self, store: Store, officer: Officer, clock: Clock, sources: Sequence[HandOverSource]) -> None:
        self._store, self._officer, self._clock, self._sources = store, officer, clock, sources

    def open_parts(self, name: str) -> list[OpenPart]:
        """Return every slice's open things, those *name* has looked after first."""
        self._officer.require(Right.MANAGE)
        today = self._clock.today()
        with self._store.reading() as session:
            found = [(source.title, source.open_items(session, today)) for source in self._sources]
        return [OpenPart(title, tuple(sorted(items, key=lambda item: name not in item.who))) for title, items in found]

    def hand_on(self, name: str, receiver_id: UUID) -> str:
        """Put the colleague *receiver_id* in the place of *name* in all that is open, as one step; return its label.

        Raises InputError if the colleague is gone or is *name*, or if *name* stands nowhere; then nothing changes.
        """
        self._officer.require(Right.MANAGE)
        with self._store.writing(f"转交{name}没办完的事", self._officer) as unit:
            receiver = unit.session.get(Staff, receiver_id)
            if receiver is None or receiver.deleted_at is not None or receiver.name == name:
                raise InputError(problems=[Problem("receiver", "gone", "请另选一位还在的同事。")])
            counts = [
                (source.title, source.hand_on(unit, name, receiver.name))
                for source in self._sources
                if isinstance(source, HandingOn)
            ]
            told = "、".join(f"{title}{count:,}项" for title, count in counts if count)
            if not told:
                raise InputError(f"没办完的事里没有写着{name}的，什么也没有改。")
            unit.label = f"把{name}的{told}转给{receiver.name}"
            return unit.label


def with_name_handed_on(text: str, leaver: str, receiver: str) -> str:
    """Return *text*, names as people list them, with *receiver* where *leaver* stood as a whole name, and only once."""
    names = BETWEEN_NAMES.split(text)
    if leaver not in names:
        return text
    if receiver in names:
        return "、".join(name for name in names if name and name != leaver)
    return "".join(receiver if part == leaver else part for part in re.split(f"({BETWEEN_NAMES.pattern})", text))


def hand_over_sheet(name: str, role: str, parts: Sequence[OpenPart], today: date) -> Sheet:
    """Return the page both sign: what is open, by when, and who had it."""
    blocks: list[Block] = [
        Fields((("移交人", f"{name}（{role}）"), ("移交日期", plain_day(today)), ("接收人", ""), ("监交人", "")))
    ]
    for part in parts:
        blocks.append(Subheading(f"{part.title}（{len(part.items)}项）"))
        if not part.items:
            blocks.append(Paragraph("没有。"))
            continue
        rows = [
            (str(number), item.what, _by_when(item.due_on, today), item.who)
            for number, item in enumerate(part.items, start=1)
        ]
        blocks.append(Table(("序号", "事项", "日期", "原经手人"), rows, widths=(1, 7, 2.6, 1.8)))
    blocks.append(Paragraph("以上事项和药品、钥匙、纸质档案已当面点清。"))
    blocks.append(Signatures(SIGNERS))
    return Sheet("工作移交清单", tuple(blocks))


def _by_when(day: date | None, today: date) -> str:
    return f"{plain_day(day)}\n{days_left(day, today)}" if day is not None else ""
