"""The form of a notice: a field for each gap of its template, where they come from, and the ten points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from desktop.foundation.clock import Clock
from desktop.foundation.days import parse_day, plain_day
from desktop.foundation.errors import Problem
from desktop.notices.points import Point
from desktop.notices.rules import FieldKind, NoticeField, Template
from desktop.register.ports import Occasion
from desktop.widgets.buttons import LinkButton, SecondaryButton
from desktop.widgets.card import Banner
from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.grid import FieldGrid
from desktop.widgets.panel import clear_layout
from desktop.widgets.roles import IconLabel, chip, label, row, set_look
from desktop.widgets.scrolling import ScrollBody, scroll_over

_LIMIT = 3000
_WIDE_HINT = 16
_OCCASION_LETTERS = 14
_WIDE_WORDS = ("范围", "地点", "地段", "事项", "条件", "保障", "工具", "项目", "主送", "标题")


class NoticeForm(QFrame):
    """Collects what goes into the gaps; it decides nothing."""

    edited = Signal()
    occasion_chosen = Signal(object)
    rewrite_wanted = Signal()
    restore_wanted = Signal()
    word_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, clock: Clock, *, may_edit: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("notice_form")
        self._clock, self._may_edit = clock, may_edit
        self._fields: dict[str, Field] = {}
        self._title = label("", "title", name="notice_title", wrap=True)
        self._state = chip("草稿", "grey", strong=True)
        self._state.setObjectName("notice_state")
        self._kept = label("", "small", name="notice_kept")
        self._rewrite = LinkButton("改写模板", "pencil", name="rewrite_template")
        self._restore = LinkButton("恢复标准文本", "undo", name="restore_template")
        self.occasions = QComboBox()
        self.occasions.setObjectName("notice_occasions")
        self.occasions.setAccessibleName("从记录带出内容")
        self.occasions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.occasions.setMinimumContentsLength(_OCCASION_LETTERS)
        self._source = label("", "secondary", name="notice_source", wrap=True)
        self._strip = Banner("danger", "")
        self._strip.setObjectName("notice_strip")
        self._strip.hide()
        self._body = ScrollBody()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(10)
        self._points_mark = IconLabel("check", 18, "good")
        self._points = label("", "good", wrap=True, name="notice_points")
        self._points_line = QWidget()
        self._points_line.setProperty("role", "bare")
        self._points_line.setLayout(row(self._points_mark, self._points, spacing=6))
        self._points_line.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._word = SecondaryButton("存为Word", "document", name="notice_word")
        self._pdf = SecondaryButton("存为PDF", "download", name="notice_pdf")
        self._build()

    def show_template(self, template: Template, values: Mapping[str, str]) -> None:
        """Ask for the gaps of *template*, filled with *values*."""
        self._title.setText(template.name)
        self._restore.setVisible(template.own and self._may_edit)
        self._fields.clear()
        clear_layout(self._lines)
        grid = FieldGrid(2)
        for one in template.fields:
            field = self._field(one)
            self._fields[one.name] = field
            field.edited.connect(self._edited)
            field.entered.connect(lambda known=field: self._next_after(known))
            grid.add(field, 2 if _is_wide(one) else 1)
        self._lines.addWidget(grid)
        self._lines.addStretch(1)
        self.set_values(values)
        self.show_problems(())
        self._scroll.verticalScrollBar().setValue(0)

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show *values* without telling ``edited``."""
        for name, field in self._fields.items():
            text = values.get(name, "")
            if isinstance(field, DayField) and (day := parse_day(text)) is not None:
                field.set_value(day)
            elif isinstance(field, DayField):
                field.set_draft(text)
            else:
                field.set_value(text)

    def values(self) -> dict[str, str]:
        """Return what is typed, readable or not."""
        return {name: _text_of(field) for name, field in self._fields.items()}

    def field(self, name: str) -> Field:
        """Return the field of the gap *name*."""
        return self._fields[name]

    def focus_first(self) -> None:
        """Go to the first field that is still empty."""
        for field in self._fields.values():
            if not _text_of(field):
                field.focus_editor()
                return
        next(iter(self._fields.values())).focus_editor()

    def offer_occasions(self, occasions: Sequence[Occasion]) -> None:
        """Offer the records this notice may be written from; without any the choice is hidden."""
        self.occasions.blockSignals(True)  # noqa: FBT003  Qt's own
        self.occasions.clear()
        self.occasions.addItem("从记录带出…", None)
        for occasion in occasions:
            self.occasions.addItem(occasion.title, occasion)
        self.occasions.blockSignals(False)  # noqa: FBT003
        self.occasions.setVisible(bool(occasions))

    def say_source(self, text: str) -> None:
        """Say where what stands in the fields comes from; '' says nothing."""
        self._source.setText(text)
        self._source.setVisible(bool(text))

    def show_kept(self, text: str) -> None:
        """Say beside the title that the draft was kept at a time."""
        self._kept.setText(text)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Mark every field at once and go to the first; what belongs to none goes into the strip."""
        told: dict[str, list[str]] = {}
        general: list[str] = []
        for problem in problems:
            place = told.setdefault(problem.field, []) if problem.field in self._fields else general
            place.append(problem.message)
        for name, field in self._fields.items():
            field.set_problem("\n".join(told.get(name, ())))
        marked = len(told)
        text = f"有 {marked}处要填好或改好，才能印。已填的内容都在。" if marked else "还不能印。"
        self._strip.set_text(text, "；".join(general))
        self._strip.setVisible(bool(marked or general))
        for name, field in self._fields.items():
            if name in told:
                field.focus_editor()
                self._scroll.ensureWidgetVisible(field, 0, 24)
                break

    def show_points(self, points: Sequence[Point]) -> None:
        """Say whether the text has all its points, or which it lacks; nothing for templates without points."""
        self._points_line.setVisible(bool(points))
        missing = [point.text for point in points if not point.met]
        unfilled = any(field.required and not _text_of(field) for field in self._fields.values())
        icon_name, tone = ("check", "good") if not missing else ("info", "secondary") if unfilled else ("warning",) * 2
        self._points_mark.set_icon(icon_name, tone)
        set_look(self._points, "role", tone)
        lacking = f"告知书应有十项，还差{len(missing)}项"
        listed = f"{lacking}：{'；'.join(missing)}"
        # While something is still to be filled in the list would only be in the way.
        self._points.setText("告知书应有的十项都齐了" if not missing else lacking if unfilled else listed)
        self._points.setToolTip(listed if missing else "")

    def _build(self) -> None:
        self._scroll = scroll_over(self._body)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rewrite.setVisible(self._may_edit)
        self._restore.hide()
        self._source.hide()
        self._points_line.hide()
        head = row(self._title, self._kept, self._state, spacing=10)
        head.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 10, 14)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(row(self._rewrite, self._restore, 0, self.occasions, 8, spacing=4))
        whole.addWidget(self._source)
        whole.addWidget(self._strip)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._points_line)
        foot = row(self._word, self._pdf, spacing=10)
        for place in (0, 1):
            foot.setStretch(place, 1)
        foot.setContentsMargins(0, 0, 8, 0)
        whole.addLayout(foot)
        self._rewrite.clicked.connect(self.rewrite_wanted)
        self._restore.clicked.connect(self.restore_wanted)
        self._word.clicked.connect(self.word_wanted)
        self._pdf.clicked.connect(self.pdf_wanted)
        self.occasions.activated.connect(self._take_occasion)

    def _take_occasion(self, number: int) -> None:
        if (occasion := self.occasions.itemData(number)) is not None:
            self.occasion_chosen.emit(occasion)

    def _field(self, one: NoticeField) -> Field:
        name, required, hint = one.name, one.required, one.hint
        if one.kind is FieldKind.DAY:
            return DayField(name, name, required=required, hint=hint, today=self._clock.today)
        if one.kind is FieldKind.CHOICE:
            return ChoiceField(name, name, one.choices, required=required, hint=hint)
        if one.kind is FieldKind.LONG:
            return MultilineField(name, name, required=required, placeholder=hint, lines=2, limit=_LIMIT)
        return TextField(name, name, required=required, placeholder=hint, limit=_LIMIT)

    def _edited(self) -> None:
        self._strip.hide()
        self.edited.emit()

    def _next_after(self, field: Field) -> None:
        order = list(self._fields.values())
        place = order.index(field) + 1
        if place < len(order):
            order[place].focus_editor()
            self._scroll.ensureWidgetVisible(order[place], 0, 24)
        else:
            self._pdf.setFocus(Qt.FocusReason.TabFocusReason)


def _text_of(field: Field) -> str:
    value = field.value()
    if isinstance(value, date):
        return plain_day(value)
    if isinstance(field, DayField | ChoiceField):
        return str(field.draft() or "").strip()
    return str(value or "")


def _is_wide(one: NoticeField) -> bool:
    if one.kind is FieldKind.LONG:
        return True
    return one.kind is FieldKind.TEXT and (len(one.hint) > _WIDE_HINT or any(word in one.name for word in _WIDE_WORDS))
