"""The number register: numbers without gaps, taken only when a document is issued, and the archive of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.text import squeeze, tidy
from desktop.register.issued_records import IssuedDocument, NumberSeries
from desktop.register.numbers import SERIES, check_words, number_text, usual_word
from desktop.register.ports import TypedNumbers
from desktop.register.rights import Officer, Right
from desktop.register.service.people import profile_in
from desktop.store.blobs import Blobs
from desktop.store.check import Check, CheckLine
from desktop.store.idlist import IdList, ids_of
from desktop.store.query import among, pick
from desktop.store.unit import Store, Unit

_LONGEST_REASON = 200
Also = Callable[[Unit, str], object]
"""Writes what belongs to a document just numbered, in the same step."""


@dataclass(frozen=True)
class Issue:
    """A document that is ready to go out under the next number of *series*.

    *recipients* says in words, never by name, whom its *copies* go to; *of_health* that they were found by health.
    """

    series: str
    template: str
    kind: str
    title: str
    issued_on: date
    edition: str = ""
    layout: str = ""
    content: str = field(default="", repr=False)
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    source_id: UUID | None = None
    recipients: str = ""
    copies: int = 1
    of_health: bool = False


@dataclass(frozen=True)
class Paper:
    """Pages as they are printed, and how many there are."""

    pdf: bytes = field(repr=False)
    pages: int


@dataclass(frozen=True)
class IssuedRow:
    """One issued document; who may not see health finds neither *recipients*, *copies* nor *pages* of one by health."""

    id: UUID
    version: int
    number: str
    template: str
    kind: str
    title: str
    edition: str
    layout: str
    issued_on: date
    issued_by: str
    pages: int
    given: Mapping[str, str] = field(repr=False)
    source_id: UUID | None = None
    voided_on: date | None = None
    void_reason: str = ""
    recipients: str = ""
    copies: int = 1
    of_health: bool = False


class IssuedService:
    """Use cases around issued documents; every officer of a committee draws from the same numbers."""

    def __init__(
        self, store: Store, officer: Officer, clock: Clock, blobs: Blobs, typed: Sequence[TypedNumbers] = ()
    ) -> None:
        self._store = store
        self._typed = typed
        self._officer = officer
        self._clock = clock
        self._blobs = blobs

    def next_number(self, series: str, day: date | None = None) -> str:
        """Return the number the next document of *series* will get, unless a colleague is faster; nothing is taken."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            return self._number(session, series, (day or self._clock.today()).year)[1]

    def issue(
        self, document: Issue, draw: Callable[[str], Paper], also: Also = lambda _unit, _number: None
    ) -> IssuedRow:
        """Give *document* the next number, keep its pages as *draw* makes them for that number, and return it.

        Number, pages and record come into being in one transaction, and with them what *also* writes: a kill leaves
        all of it or nothing, and two programs never draw the same number. It cannot be undone, only declared void.
        """
        self._officer.require(Right.EDIT_NOTICES)
        year = document.issued_on.year
        with self._store.reading() as session:
            expected = self._number(session, document.series, year)[1]
        # Drawn before the writer's turn, so that nobody waits for a page; once more if a colleague was faster.
        paper = draw(expected)
        with self._store.writing(f"发文：{document.title}", self._officer, undoable=False) as unit:
            serial, number = self._number(unit.session, document.series, year)
            also(unit, number)  # before anything is drawn again: it may refuse
            if number != expected:
                paper = draw(number)
            unit.label = f"发文：{number} {document.title}"
            issued = unit.add(
                IssuedDocument(
                    series=document.series, year=year, serial=serial, number=number, template=document.template,
                    kind=document.kind, edition=document.edition, layout=document.layout, title=document.title,
                    issued_on=document.issued_on, issued_by=self._officer.name, paper=self._blobs.put(paper.pdf),
                    pages=paper.pages, content=document.content, given=dict(document.given),
                    source_id=document.source_id, recipients=document.recipients, copies=document.copies,
                    of_health=document.of_health,
                )
            )  # fmt: skip
        return self._row(issued)

    def pdf(self, document_id: UUID) -> bytes:
        """Return the pages as they were issued, byte for byte; raise DamagedFile if they are gone.

        Those of a document for residents found by their health need the right to see health, those of one for other
        residents the right to see the register.
        """
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            issued = session.exec(select(IssuedDocument).where(IssuedDocument.id == document_id)).one()
            name, of_health, recipients = issued.paper, issued.of_health, issued.recipients
        if of_health:
            self._officer.require(Right.SEE_HEALTH)
        if recipients:
            self._officer.require(Right.SEE_REGISTER)
        return self._blobs.get(name)

    def void(self, document_id: UUID, reason: str, *, version: int) -> IssuedRow:
        """Declare a document void; its number stays taken. Raises InputError without a reason."""
        self._officer.require(Right.EDIT_NOTICES)
        reason = tidy(reason)
        if not reason:
            raise InputError(problems=[Problem("reason", "required", "请写作废的原因，如：时间写错，另发了13号。")])
        if len(reason) > _LONGEST_REASON:
            raise InputError(problems=[Problem("reason", "too_long", f"原因最多{_LONGEST_REASON}个字。")])
        with self._store.writing("作废发文", self._officer, undoable=False) as unit:
            issued = unit.get(IssuedDocument, document_id, version=version)
            if issued.voided_on is not None:
                raise InputError(f"{issued.number}已经作废了。")
            issued.voided_on, issued.void_reason = self._clock.today(), reason
            unit.label = f"作废发文：{issued.number}"
        return self._row(issued)

    def of_record(self, source_id: UUID, series: str) -> IssuedRow | None:
        """Return the newest document of *series* that was written of the record *source_id* and is not void."""
        with self._store.reading() as session:
            return self.of_record_in(session, source_id, series)

    def of_record_in(self, session: Session, source_id: UUID, series: str) -> IssuedRow | None:
        """Return what ``of_record`` does, as *session* sees it."""
        self._officer.require(Right.SEE_NOTICES)
        issued = issued_of(session, source_id, series)
        return None if issued is None else self._row(issued)

    def ids(self, text: str = "", template: str = "") -> IdList:
        """Return the ids of issued documents, newest first; *text* is looked for in number, title and pages."""
        self._officer.require(Right.SEE_NOTICES)
        conditions: list[Any] = [col(IssuedDocument.deleted_at).is_(None)]
        if template:
            conditions.append(IssuedDocument.template == template)
        if plain := tidy(text):
            columns = (IssuedDocument.number, IssuedDocument.title, IssuedDocument.content, IssuedDocument.issued_by)
            conditions.append(or_(*(col(column).contains(plain, autoescape=True) for column in columns)))
        order = (col(IssuedDocument.issued_on).desc(), col(IssuedDocument.serial).desc(), col(IssuedDocument.id).desc())
        with self._store.reading() as session:
            return ids_of(session, select(IssuedDocument.id).where(*conditions).order_by(*order))

    def rows(self, ids: Sequence[UUID]) -> list[IssuedRow]:
        """Return the documents *ids* in that order."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            query = select(IssuedDocument).where(among(IssuedDocument.id, ids))
            found = {issued.id: self._row(issued) for issued in session.exec(query)}
        return [found[issued_id] for issued_id in ids if issued_id in found]

    def uses(self) -> dict[str, int]:
        """Return how many documents were issued from each template."""
        self._officer.require(Right.SEE_NOTICES)
        query = pick(IssuedDocument.template, func.count()).group_by(col(IssuedDocument.template))
        with self._store.reading() as session:
            return {template: int(count) for template, count in session.connection().execute(query)}

    def word(self, series: str) -> str:
        """Return the word numbers of *series* begin with."""
        self._officer.require(Right.SEE_NOTICES)
        with self._store.reading() as session:
            return _word(session, series)

    def change_words(self, words: Mapping[str, str]) -> None:
        """Let numbers of each series begin with its word from now on; they count on.

        Raises InputError whose problems name the series; no two series may begin alike.
        """
        self._officer.require(Right.MANAGE)
        words = {series: squeeze(word) for series, word in words.items()}
        with self._store.writing("修改发文字号", self._officer) as unit:
            others = {series: _word(unit.session, series) for series in SERIES if series not in words}
            if problems := check_words({**others, **words}):
                raise InputError(problems=problems)
            for series, word in words.items():
                _keep_word(unit, series, word)

    def _number(self, session: Session, series: str, year: int) -> tuple[int, str]:
        """Return the next free serial of *series* in *year*, and the number it makes.

        It follows the last one taken, or where none was taken yet this year the highest one somebody had written
        himself; numbers written by hand are passed over.
        """
        query = select(func.max(IssuedDocument.serial)).where(
            IssuedDocument.series == series, IssuedDocument.year == year
        )
        typed = {serial for one in self._typed if one.series == series for serial in one.serials(session, year)}
        serial = (session.exec(query).one() or max(typed, default=0)) + 1
        while serial in typed:
            serial += 1
        return serial, number_text(_word(session, series), year, serial)

    def _row(self, issued: IssuedDocument) -> IssuedRow:
        return issued_row_of(issued, sees_health=self._officer.may(Right.SEE_HEALTH))


def _word(session: Session, series: str) -> str:
    query = select(NumberSeries.word).where(NumberSeries.series == series, col(NumberSeries.deleted_at).is_(None))
    return session.exec(query).first() or usual_word(profile_in(session).name, series)


def _keep_word(unit: Unit, series: str, word: str) -> None:
    stored = unit.session.exec(
        select(NumberSeries).where(NumberSeries.series == series, col(NumberSeries.deleted_at).is_(None))
    ).first()
    if stored is None:
        unit.add(NumberSeries(series=series, word=word))
    else:
        stored.word = word


def issued_of(session: Session, source_id: UUID, series: str) -> IssuedDocument | None:
    """Return the newest document of *series* written of the record *source_id* that is not void."""
    query = (
        select(IssuedDocument)
        .where(IssuedDocument.source_id == source_id, IssuedDocument.series == series)
        .where(col(IssuedDocument.voided_on).is_(None), col(IssuedDocument.deleted_at).is_(None))
        .order_by(col(IssuedDocument.year).desc(), col(IssuedDocument.serial).desc())
    )
    return session.exec(query).first()


def issued_check(blobs: Blobs) -> Check:
    """Return a look at the kept pages of everything issued, void ones too: each must open with the key."""

    def look(session: Session) -> CheckLine:
        bad = sum(not blobs.opens(name) for name in session.exec(select(IssuedDocument.paper).distinct()))
        told = "完好" if not bad else f"有{bad}份打不开，请用最近的备份恢复"
        return CheckLine("issued", f"发文存档的文件：{told}", not bad, bad)

    return look


def issued_row_of(issued: IssuedDocument, *, sees_health: bool = False) -> IssuedRow:
    """Return *issued* as lists and ledgers show it."""
    shown = sees_health or not issued.of_health
    return IssuedRow(
        issued.id, issued.version, issued.number, issued.template, issued.kind, issued.title, issued.edition,
        issued.layout, issued.issued_on, issued.issued_by, issued.pages if shown else 0, dict(issued.given),
        issued.source_id, issued.voided_on, issued.void_reason, issued.recipients if shown else "",
        issued.copies if shown else 1, issued.of_health,
    )  # fmt: skip
