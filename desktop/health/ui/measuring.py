"""血压测量: one line a person, typed by keyboard alone, each stored as it is finished."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.errors import InputError
from desktop.foundation.jobs import JobContext
from desktop.health.rules import BP_SERVICE, REFERRAL_SERVICE, Flag, VisitDraft
from desktop.health.service import HealthService
from desktop.health.ui.columns import flag_chip
from desktop.health.ui.people import PeopleHits
from desktop.health.views import VisitRow
from desktop.register.rights import Officer
from desktop.register.ui.doer_field import DoerField
from desktop.register.ui.draft_keeper import clock_time
from desktop.register.ui.host import PageHost
from desktop.widgets.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from desktop.widgets.card import Banner
from desktop.widgets.chips import CellStyle
from desktop.widgets.dialogs import show_error
from desktop.widgets.entry_grid import CellKind, EntryColumn, EntryGrid, RowState
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import TextField
from desktop.widgets.hits import LookupHit
from desktop.widgets.roles import label, row

_CELL_OF = {"visited_on": "person", "service": "person", "systolic_mmhg": "systolic", "diastolic_mmhg": "diastolic",
            "pulse_per_min": "pulse", "remark": "remark", "next_on": "person"}  # fmt: skip


class MeasuringPage(QWidget):
    """A grid whose rows become visits of the chosen day."""

    person_new = Signal(str)
    referral_wanted = Signal(object)
    print_slips = Signal(object)  # ids of the visits stored here

    def __init__(
        self, health: HealthService, people: PeopleHits, host: PageHost, clock: Clock, *, officer: Officer
    ) -> None:
        super().__init__()
        self.setObjectName("measuring")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._health, self._people, self._host, self._clock = health, people, host, clock
        self._stored: dict[int, VisitRow] = {}
        self._urgent: dict[int, str] = {}
        self._day = DayField("measured_on", "日期", today=clock.today)
        self._day.set_value(clock.today())
        self._where = TextField("where", "地点", placeholder="如 社区活动室")
        self._by = DoerField("measured_by", "测量人", officer)
        self.grid = EntryGrid(
            [
                EntryColumn("person", "姓名", CellKind.LOOKUP, 110, search=people.search, bold=True),
                EntryColumn("about", "性别年龄", CellKind.SHOWN, 94),
                EntryColumn("address", "住址", CellKind.SHOWN, 0),
                EntryColumn("systolic", "收缩压", CellKind.NUMBER, 84, align="right"),
                EntryColumn("diastolic", "舒张压", CellKind.NUMBER, 84, align="right"),
                EntryColumn("pulse", "脉搏", CellKind.NUMBER, 70, align="right"),
                EntryColumn("flag", "提示", CellKind.SHOWN, 142),
                EntryColumn("remark", "备注", CellKind.TEXT, 130),
            ],
            "血压测量",
            create_text="不在名单里，新建居民",
        )
        self._banner = Banner("danger", "", button="登记转诊", filled=True)
        self._banner.setObjectName("urgent_banner")
        self._banner.hide()
        self._saved = label("还没有存任何一行", "secondary", name="measuring_saved")
        self._tally = label("", "", name="measuring_tally")
        self._build()
        self._connect()
        self._count()

    def begin(self) -> None:
        """Put the cursor where typing goes on."""
        self.grid.begin()
        self.grid.setFocus()

    def take_person(self, hit: LookupHit) -> None:
        """Fill somebody just created into the row being typed."""
        place = self.grid.currentIndex().row()
        self.grid.sheet.choose(place, "person", hit)
        self._describe(place, "person", hit)
        self.grid.begin(place)
        self.grid.setFocus()

    def _build(self) -> None:
        back = IconButton("chevron-left", "返回（Esc）", name="measuring_back")
        back.clicked.connect(self._finish)
        done = PrimaryButton("完成测量", "check", name="measuring_done")
        done.clicked.connect(self._finish)
        self._slips = SecondaryButton("打印结果条", "print", name="measuring_slips")
        self._slips.clicked.connect(lambda: self.print_slips.emit([visit.id for visit in self._stored.values()]))
        self._slips.setEnabled(False)
        dismiss = LinkButton("已经处理，收起", name="urgent_dismiss")
        dismiss.clicked.connect(self._dismiss)
        self._dismiss_line = dismiss
        dismiss.hide()
        head = row(
            back,
            label("血压测量", "title"),
            label("每行是一个人的一次测量，写完一行就存", "secondary"),
            0,
            self._slips,
            done,
            spacing=10,
        )
        facts = row(spacing=16)
        for field in (self._day, self._where, self._by):
            facts.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(facts)
        whole.addLayout(row(self._banner, dismiss, spacing=8))
        whole.addWidget(self.grid, 1)
        whole.addLayout(row(self._saved, 12, self._tally, 0, label("Tab 下一格 · 回车下一行", "secondary")))

    def _connect(self) -> None:
        self.grid.lookup_chosen.connect(self._describe)
        self.grid.row_completed.connect(self._store)
        self.grid.create_requested.connect(lambda _row, _key, typed: self.person_new.emit(typed))
        self._banner.pressed.connect(self._refer)

    def _describe(self, place: int, _key: str, hit: LookupHit) -> None:
        self.grid.sheet.set_texts(place, {"about": hit.about, "address": hit.detail})

    def _store(self, place: int) -> None:
        values = self.grid.sheet.values(place)
        person = values["person"]
        if not isinstance(person, UUID):
            self.grid.sheet.set_problems(place, {"person": "请从列表里选一位，可打姓名首字母"})
            return
        day = self._day.value()
        if day is None:
            self._day.set_problem(self._day.own_problem() or "请填日期。")
            self.grid.sheet.set_problems(place, {"person": "先把上面的日期填对"})
            return
        self._day.set_problem("")
        self._by.set_problem(self._by.own_problem())
        if self._by.problem():
            self.grid.sheet.set_problems(place, {"person": "先把上面的测量人改短"})
            return
        if values["systolic"] is None and values["diastolic"] is None:
            self.grid.sheet.set_problems(place, {"systolic": "请填收缩压和舒张压"})
            return
        remark = "，".join(part for part in (str(values["remark"] or ""), self._where.value()) if part)
        draft = VisitDraft(
            visited_on=day,
            service=BP_SERVICE,
            way="测量点",
            systolic_mmhg=_whole(values["systolic"]),
            diastolic_mmhg=_whole(values["diastolic"]),
            pulse_per_min=_whole(values["pulse"]),
            recorded_by=str(self._by.value() or ""),
            remark=remark,
        )
        self.grid.sheet.set_state(place, RowState.SAVING)
        self._host.runner.start(
            partial(self._write, person, draft, self._stored.get(place)),
            done=partial(self._written, place),
            failed=partial(self._refused, place),
        )

    def _write(self, person: UUID, draft: VisitDraft, before: VisitRow | None, _context: JobContext) -> VisitRow:
        if before is not None and before.resident_id == person:
            return self._health.change(before.id, draft, version=before.version)
        if before is not None:
            self._health.remove(before.id)
        return self._health.record(person, draft)

    def _written(self, place: int, visit: VisitRow) -> None:
        self._stored[place] = visit
        self._slips.setEnabled(True)
        tone: Any = {Flag.URGENT: "danger", Flag.ABOVE: "warning"}.get(visit.flag, "")
        numbers = CellStyle(bold=bool(tone), tone=tone)
        chip = flag_chip(visit.flag)
        self.grid.sheet.set_styles(
            place, {"systolic": numbers, "diastolic": numbers, "flag": CellStyle(chips=(chip,) if chip else ())}
        )
        self.grid.sheet.set_problems(place, {})
        self.grid.sheet.set_state(place, RowState.SAVED)
        name = self.grid.sheet.texts(place).get("person", "")
        if visit.flag is Flag.URGENT:
            self._urgent[place] = f"{place + 1}号 {name} {visit.pressure}：血压读数达到规范所列紧急转诊数值"
        else:
            self._urgent.pop(place, None)
        self._show_urgent()
        self._saved.setText(f"第{place + 1}行存于 {clock_time(self._clock.now())}")
        self._count()
        self._host.note_saved()

    def _refused(self, place: int, error: BaseException) -> None:
        if isinstance(error, InputError):
            problems = {_CELL_OF.get(found.field, "person"): found.message for found in error.problems}
            self.grid.sheet.set_problems(place, problems or {"person": str(error)})
        else:
            self.grid.sheet.set_problems(place, {"person": "这一行还没有存进去"})
            show_error(self, "保存测量", error)

    def _show_urgent(self) -> None:
        self._banner.setVisible(bool(self._urgent))
        self._dismiss_line.setVisible(bool(self._urgent))
        if self._urgent:
            newest = list(self._urgent)[-1]
            more = f"（还有{len(self._urgent) - 1}位）" if len(self._urgent) > 1 else ""
            self._banner.set_text(
                f"{self._urgent[newest]}{more}", "请立即联系社区卫生服务中心或拨打120。这只是提示，不是诊断。"
            )

    def _refer(self) -> None:
        if self._urgent:
            visit = self._stored[list(self._urgent)[-1]]
            self.referral_wanted.emit((visit.resident_id, REFERRAL_SERVICE, list(self._urgent)[-1]))

    def referred(self, place: int) -> None:
        """Take the banner of row *place* away: its referral has been stored."""
        self._urgent.pop(place, None)
        self._show_urgent()

    def _dismiss(self) -> None:
        if self._urgent:
            self.referred(list(self._urgent)[-1])

    def _count(self) -> None:
        flags = [visit.flag for visit in self._stored.values()]
        parts = [f"已测 {len(flags)} 人"]
        if above := flags.count(Flag.ABOVE):
            parts.append(f"高于参考范围 {above} 人")
        if urgent := flags.count(Flag.URGENT):
            parts.append(f"紧急转诊 {urgent} 人")
        age = self._health.standard().number("bp_from_age")
        parts.append(f"{age}岁以上今年已测 {self._health.measured_this_year():,} 人")
        self._tally.setText("    ".join(parts))

    def _finish(self) -> None:
        if self.grid.finish():
            self._host.close_page(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc; finished rows are stored already."""
        if event.key() == Qt.Key.Key_Escape:
            self._finish()
            return
        super().keyPressEvent(event)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
