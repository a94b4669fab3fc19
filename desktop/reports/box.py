"""What goes into an archive box: kept notices, reports handed in, ledgers of a year; as a label and a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.foundation.clock import Clock
from desktop.foundation.days import Period, parse_period
from desktop.foundation.errors import InputError, Problem
from desktop.foundation.jobs import JobContext
from desktop.foundation.text import tidied_texts
from desktop.printing.forms import BoxPapers, BoxSpine, CatalogueEntry, FileCatalogue
from desktop.register.rights import Officer, Right
from desktop.register.service.issued import IssuedService
from desktop.register.service.people import PeopleService
from desktop.reports.ledgers import LedgerService, ledger_pdf
from desktop.reports.submissions import SubmissionService

ISSUED, HANDED_IN = "发出的通知和整改通知书", "上报的报表"
"""What is in a box beside ledgers, named as the ledgers are."""
WIDTHS = (30, 40, 50, 80)
"""Usual boxes, in millimetres."""
TERMS = ("10年", "30年", "永久")
CATEGORIES = ("文书", "文书·卫生健康", "文书·环境卫生", "照片", "会计")
LONGEST_TITLE, LONGEST_WORD = 40, 20
_EARLIEST_YEAR = 1950
_AT_ONCE = 500


@dataclass(frozen=True)
class BoxDraft:
    """What the form of 装盒 holds; *contents* are ledgers by name, ISSUED and HANDED_IN."""

    year: int | None
    title: str
    contents: tuple[str, ...]
    category: str = ""
    term: str = ""
    number: str = ""
    width_mm: int | None = 40


def check_box(draft: BoxDraft, known: Sequence[str], *, today: date) -> list[Problem]:
    """Return every problem of *draft*; *known* are the names that may stand in its contents."""
    problems = []
    if draft.year is None:
        problems.append(Problem("year", "required", "请填年度，如2026。"))
    elif not _EARLIEST_YEAR <= draft.year <= today.year:
        problems.append(Problem("year", "number_invalid", f"年度请填{_EARLIEST_YEAR}到{today.year}之间的年份。"))
    if not draft.title:
        problems.append(Problem("title", "required", "请写盒上的题名，如：爱国卫生检查整改。"))
    if not draft.contents:
        problems.append(Problem("contents", "required", "请选盒里装什么，至少一样。"))
    unknown = [name for name in draft.contents if name not in known]
    if unknown:
        problems.append(Problem("contents", "choice_unknown", f"没有“{'”“'.join(unknown)}”这样的台账，请从单子里选。"))
    if draft.width_mm not in WIDTHS:
        problems.append(Problem("width", "choice_unknown", "请选盒子多宽。"))
    for name, text, most in (
        ("title", draft.title, LONGEST_TITLE), ("category", draft.category, LONGEST_WORD),
        ("term", draft.term, LONGEST_WORD), ("number", draft.number, LONGEST_WORD),
    ):  # fmt: skip
        if len(text) > most:
            problems.append(Problem(name, "too_long", f"最多{most}个字，请缩短。"))
    return problems


class BoxService:
    """Puts the papers of a box together from what is kept and from the ledgers as they would be printed today."""

    def __init__(
        self, officer: Officer, clock: Clock, *, people: PeopleService, ledgers: LedgerService,
        issued: IssuedService, submissions: SubmissionService,
    ) -> None:  # fmt: skip
        self._officer, self._clock, self._people = officer, clock, people
        self._ledgers, self._issued, self._submissions = ledgers, issued, submissions

    def offered(self) -> list[str]:
        """Return what may be put into a box."""
        self._officer.require(Right.EXPORT)
        return [ISSUED, HANDED_IN, *self._ledgers.names()]

    def papers(self, draft: BoxDraft, context: JobContext) -> BoxPapers:
        """Return label and catalogue; ledgers are drawn to count their pages, so it takes its time.

        Raises InputError with every problem, or if there is nothing of that year to put in; JobCancelled.
        """
        known = self.offered()
        draft = tidied_texts(draft)
        if problems := check_box(draft, known, today=self._clock.today()):
            raise InputError(problems=problems)
        committee = self._people.profile().name
        entries = self._entries(draft, committee, context)
        if not entries:
            raise InputError(f"{draft.year}年没有发文、上报，选的台账也没有记录，盒里没有东西。请换年度或多选几样。")
        count = len(entries)
        spine = BoxSpine(
            committee, str(draft.year), draft.title, draft.category, draft.term, draft.number,
            f"1—{count}" if count > 1 else "1", draft.width_mm or WIDTHS[1],
        )  # fmt: skip
        volume = f"{draft.year}-{draft.number}" if draft.number else str(draft.year)
        catalogue = FileCatalogue(
            committee, volume, draft.term, entries, self._clock.today(), made_by=self._officer.name
        )
        return BoxPapers(spine, catalogue)

    def _entries(self, draft: BoxDraft, committee: str, context: JobContext) -> tuple[CatalogueEntry, ...]:
        """Return what lies in the box: what was sent by its day, then the ledgers in the order they were chosen."""
        period = parse_period(f"{draft.year:04d}")
        sent: list[CatalogueEntry] = []
        if ISSUED in draft.contents:
            sent += self._issued_in(period, committee)
        if HANDED_IN in draft.contents:
            sent += self._handed_in(period, committee)
        sent.sort(key=lambda entry: entry.day or period.last)
        ledgers = [name for name in draft.contents if name not in {ISSUED, HANDED_IN}]
        for number, name in enumerate(ledgers):
            context.check()
            context.report(number, len(ledgers))
            sent += self._ledger(name, period, committee)
        return tuple(sent)

    def _issued_in(self, period: Period, committee: str) -> list[CatalogueEntry]:
        found = []
        ids = list(self._issued.ids())
        for start in range(0, len(ids), _AT_ONCE):
            for row in self._issued.rows(ids[start : start + _AT_ONCE]):
                if period.first <= row.issued_on <= period.last:
                    remark = "作废" if row.voided_on else f"{row.copies}份" if row.copies > 1 else ""
                    found.append(CatalogueEntry(row.title, committee, row.number, row.issued_on, row.pages, remark))
        # Newest first as it is listed; of one day the lower number comes first.
        return found[::-1]

    def _handed_in(self, period: Period, committee: str) -> list[CatalogueEntry]:
        """Return reports of periods that end in the year: December's is handed in when the next has begun."""
        return [
            CatalogueEntry(
                f"{one.title}{'更正表' if one.corrects else ''}", committee, one.number, one.submitted_on, one.pages,
                "" if one.pages else "页数待填",
            )
            for one in reversed(self._submissions.rows(self._submissions.listed()))
            if period.first <= one.last <= period.last
        ]  # fmt: skip

    def _ledger(self, name: str, period: Period, committee: str) -> list[CatalogueEntry]:
        from desktop.printing.preview import page_count  # noqa: PLC0415  pdfium only where pages are made

        day = min(period.last, self._clock.today())
        read = self._ledgers.read(name, period)
        if not read.rows:
            return []
        if day < period.last and read.heading.period != period.title:
            # It tells of one day, which has not come yet: then of today.
            read = self._ledgers.read(name, parse_period(f"{period.first.isoformat()}..{day.isoformat()}"))
        title = f"{read.heading.period}{name}（{len(read.rows):,}条）"
        return [CatalogueEntry(title, committee, "", day, page_count(ledger_pdf(read)))]
