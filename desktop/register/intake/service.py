"""The way of a sheet: preview (nothing is written), confirm in one unit of work, undo, export, template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.clock import Clock
from desktop.foundation.collecting import uncollected
from desktop.foundation.errors import AppError, InputError
from desktop.foundation.jobs import JobContext
from desktop.foundation.text import squeeze, tidy
from desktop.register.intake.leaving_out import BY_COMMAND, checked_purpose, note_export, stamp
from desktop.register.ports import Plan, SheetPort
from desktop.register.records import Place
from desktop.register.rights import Officer, Right
from desktop.register.rules import guess_category
from desktop.register.service.exports import MENDING, ExportLog, Leaving
from desktop.register.service.places import places_in
from desktop.spreadsheets.judging import ReadSheet, Verdict, read_sheet
from desktop.spreadsheets.mapping import ColumnMap, normalise_heading
from desktop.spreadsheets.writing import write_refused, write_table, write_template
from desktop.store.history import Journal
from desktop.store.models import entered
from desktop.store.records import ImportBatch, LearnedHeading, Step
from desktop.store.unit import Store, Unit


class _GivenUp(Exception):
    """Ends a rehearsal: nothing of it is stored."""


@dataclass
class Preview:
    """A judged sheet that has not been stored; *mark* is the newest step it was judged against."""

    path: Path
    sheet: ReadSheet
    plan: Plan
    update: bool
    mark: UUID | None

    @property
    def verdict(self) -> Verdict:
        """Return the verdict so far, without a batch."""
        return self.sheet.verdict()


class IntakeService:
    """Imports and exports every kind of sheet the slices offer."""

    def __init__(
        self, store: Store, officer: Officer, clock: Clock, ports: Sequence[SheetPort], journal: Journal
    ) -> None:
        self._store = store
        self._officer = officer
        self._clock = clock
        self._ports = {port.spec.kind: port for port in ports}
        self._journal = journal

    @property
    def kinds(self) -> Mapping[str, str]:
        """Return kind → title of every sheet, in the order files should be imported."""
        return {kind: port.spec.title for kind, port in self._ports.items()}

    def port(self, kind: str) -> SheetPort:
        """Return the port of *kind*; raise InputError listing the kinds there are."""
        if kind not in self._ports:
            raise InputError(f"没有“{kind}”这种表。可用：{'、'.join(self._ports)}。")
        return self._ports[kind]

    @uncollected()
    def preview(
        self,
        kind: str,
        path: Path,
        *,
        update: bool = False,
        columns: ColumnMap | None = None,
        sheet_name: str | None = None,
        context: JobContext | None = None,
    ) -> Preview:
        """Read and judge a file; nothing is written. Raises InputError or EnvironmentFailure for unreadable files.

        Of several sheets the one that answers the kind best is read, unless *sheet_name* names another.
        """
        self._officer.require(Right.IMPORT)
        port = self.port(kind)
        self._officer.require(port.right)
        sheet = self._read(port, path, columns=columns, sheet_name=sheet_name, context=context)
        mark = self._store.change_mark()
        with self._store.reading() as session:
            plan = port.judge(session, sheet, update=update, today=self._clock.today())
        return Preview(path, sheet, plan, update, mark)

    @uncollected()
    def rehearse(
        self, files: Sequence[tuple[str, Path]], context: JobContext | None = None
    ) -> list[ReadSheet | AppError]:
        """Return, for each (kind, file) in this order, the sheet as it would be judged after those before it.

        All of it is stored in one unit that is then given up, so that a visit finds the resident of the sheet before.
        A file that cannot be read is its error. Raises NotAllowed, JobCancelled.
        """
        self._officer.require(Right.IMPORT)
        context = context or JobContext()
        found: list[ReadSheet | AppError] = []
        for kind, path in files:
            context.check()
            self._officer.require(self.port(kind).right)
            try:
                found.append(self._read(self.port(kind), path, context=context))
            except AppError as error:
                found.append(error)
        try:
            with self._store.writing("试导", self._officer) as unit:
                for sheet in found:
                    context.check()
                    if isinstance(sheet, ReadSheet) and not sheet.issues:
                        self._rehearse(unit, sheet)
                raise _GivenUp
        except _GivenUp:
            return found

    def _rehearse(self, unit: Unit, sheet: ReadSheet) -> None:
        port, today = self.port(sheet.spec.kind), self._clock.today()
        plan = port.judge(unit.session, sheet, update=False, today=today)
        if sheet.accepted:
            unit.start_batch(sheet.spec.kind, "", len(sheet.accepted))
            port.store(unit, sheet, plan, today=today)
            unit.session.flush()

    def unknown_places(self, preview: Preview) -> list[str]:
        """Return the 点位 that rows of *preview* name and the register does not hold, in the order of the sheet."""
        if "place" not in preview.sheet.columns.columns:
            return []
        heading = preview.sheet.columns.heading("place")
        names = [
            str(row.values["place"])
            for row in preview.sheet.rows
            if any((one.code, one.field) == ("place_unknown", heading) for one in row.problems)
        ]
        with self._store.reading() as session:
            known = {squeeze(place.name) for place in places_in(session)}
        unknown: dict[str, str] = {}
        for name in names:
            if (key := squeeze(name)) not in known:
                unknown.setdefault(key, name)
        return list(unknown.values())

    def create_places(self, names: Sequence[str]) -> str:
        """Store a place for each of *names* in one step and return its label; categories are guessed by the names."""
        self._officer.require(Right.IMPORT)
        self._officer.require(Right.EDIT_REGISTER)
        with self._store.writing(f"新建{len(names)}个点位", self._officer) as unit:
            known = {squeeze(place.name) for place in places_in(unit.session)}
            for name in names:
                if squeeze(name) not in known:
                    unit.add(Place(name=tidy(name), category=guess_category(tidy(name))))
            return unit.label

    def _read(
        self,
        port: SheetPort,
        path: Path,
        *,
        columns: ColumnMap | None = None,
        sheet_name: str | None = None,
        context: JobContext | None = None,
    ) -> ReadSheet:
        return read_sheet(
            path, port.spec, today=self._clock.today(), learned=self._learned(port.spec.kind), columns=columns,
            sheet=sheet_name, context=context,
        )  # fmt: skip

    @uncollected()
    def confirm(self, preview: Preview, context: JobContext | None = None) -> Verdict:
        """Store the accepted rows as one batch and return the verdict with its number.

        Raises InputError, storing nothing, if colleagues stored something meanwhile that changes the verdict.
        """
        self._officer.require(Right.IMPORT)
        if preview.sheet.issues or not preview.sheet.accepted:
            return preview.verdict
        title = f"导入{preview.sheet.spec.title}：{preview.path.name}"
        while True:
            if self._store.change_mark() != preview.mark:
                preview = self._judged_again(preview)
            if context is not None:
                context.check()
            with self._store.writing(title, self._officer) as unit:
                # Only now nobody else can write any more; whoever came between sends the sheet back to be judged.
                if _newest_step(unit.session) == preview.mark:
                    return preview.sheet.verdict(self._store_rows(unit, preview))

    def _judged_again(self, preview: Preview) -> Preview:
        fresh = self.preview(
            preview.sheet.spec.kind, preview.path, update=preview.update, columns=preview.sheet.columns,
            sheet_name=preview.sheet.sheet_name or None,
        )  # fmt: skip
        if (fresh.verdict, fresh.plan.updates) != (preview.verdict, preview.plan.updates):
            raise InputError("刚才有同事存了新内容，这张表的结论变了。请重新看一遍再导入。")
        return fresh

    def _store_rows(self, unit: Unit, preview: Preview) -> str | None:
        """Store the accepted rows and return the batch's number; None if every row was stored already."""
        kind = preview.sheet.spec.kind
        batch_id = unit.start_batch(kind, preview.path.name, len(preview.sheet.accepted))
        self.port(kind).store(unit, preview.sheet, preview.plan, today=self._clock.today())
        unit.session.flush()
        if unit.entries:
            return batch_id.hex
        unit.session.delete(unit.session.get_one(ImportBatch, batch_id))
        return None

    def undo(self, batch: str) -> str:
        """Undo the import numbered *batch*, one's own unless one is the director, and return the step's label."""
        self._officer.require(Right.IMPORT)
        try:
            number = UUID(hex=batch)
        except ValueError:
            raise InputError("导入编号不对，应是导入时显示的那一串字母数字。") from None
        return self._journal.undo_batch(number, self._officer)

    def learn(self, kind: str, heading: str, column_key: str) -> None:
        """Remember that *heading* of a superior's sheet means our column *column_key*."""
        self._officer.require(Right.IMPORT)
        self.port(kind).spec.column(column_key)
        with self._store.keeping() as session:
            session.merge(LearnedHeading(kind=kind, heading=normalise_heading(heading), column_key=column_key))

    def export(
        self,
        kind: str,
        path: Path,
        *,
        first: date | None = None,
        last: date | None = None,
        unmasked: bool = False,
        purpose: str = "",
        context: JobContext | None = None,
    ) -> Path:
        """Write stored records as a sheet of *kind*; numbers are starred unless *unmasked*.

        Every export is a step of the history, and is in it before the file has its name. Whole numbers need a
        *purpose*, which stands on the sheet and on each printed page with who took them and when. Raises InputError.
        """
        self._officer.require(Right.EXPORT)
        port = self.port(kind)
        self._officer.require(port.right)
        if unmasked:
            self._officer.require(Right.EXPORT_UNMASKED)
        if (first or last) and not port.dated:
            raise InputError(f"“{port.spec.title}”表不分日期，请去掉起止日期。")
        purpose = checked_purpose(purpose, required=unmasked)
        mark = stamp(self._officer, self._clock.now(), purpose) if unmasked else ""

        def note(count: int) -> None:
            note_export(
                self._store, self._officer, kind, port.spec.title, count, unmasked=unmasked, purpose=purpose
            )  # fmt: skip

        with self._store.reading() as session:
            rows = port.rows(session, first, last, unmasked=unmasked, today=self._clock.today())
            # Programs that fetch a sheet by command find its head in the first row, as ever.
            line = None if purpose == BY_COMMAND else mark
            return write_table(path, port.spec, rows, note=line, footer=mark, written=note, context=context)

    def template(self, kind: str, path: Path) -> Path:
        """Write an empty sheet of *kind* with headings, hints and drop-downs."""
        write_template(path, self.port(kind).spec)
        return path

    def save_refused(self, preview: Preview, path: Path) -> Path:
        """Write the refused rows of *preview* with their reasons, to be mended and imported again; note it first."""
        spec, count = preview.sheet.spec, len(preview.sheet.refused)

        def note() -> None:
            what = f"存下{spec.title}表里要改的行"
            ExportLog(self._store, self._officer).note(Leaving(what, count, spec.kind, MENDING))

        write_refused(path, preview.sheet, written=note)
        return path

    def _learned(self, kind: str) -> dict[str, str]:
        with self._store.reading() as session:
            found = session.exec(select(LearnedHeading).where(col(LearnedHeading.kind) == kind))
            return {row.heading: row.column_key for row in found}


def _newest_step(session: Session) -> UUID | None:
    """Return what Store.change_mark returns, as this transaction sees it."""
    return session.exec(select(Step.id).order_by(entered(Step).desc()).limit(1)).first()
