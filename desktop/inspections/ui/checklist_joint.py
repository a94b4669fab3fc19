"""What joins the checklist with the rest of the form: the list that is offered, its score, the finding it opens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.inspections.checklist import Checklist, blank_of, list_for
from desktop.inspections.rules import FAILED
from desktop.inspections.service.checklists import ChecklistService
from desktop.inspections.ui.checklist_field import ChecklistField
from desktop.widgets.form import FormPage


class ChecklistJoint:
    """Knows the fields category, inspected_on, score, result and problem of *form*; *card* holds the checklist."""

    def __init__(self, form: FormPage, field: ChecklistField, card: QWidget, service: ChecklistService) -> None:
        self._form, self._field, self._card, self._service = form, field, card, service
        self._day: date | None = None
        self._lists: list[Checklist] = []
        self._category = ""
        self._score: Decimal | None = None
        form.field("category").edited.connect(self.offer)
        form.field("inspected_on").left.connect(self.offer)
        field.edited.connect(self._offer_score)
        field.finding_wanted.connect(self._write_finding)

    def offer(self) -> None:
        """Show the list for the category and the day typed; what was judged stays while the category does."""
        category, day = str(self._form.field("category").value() or ""), self._form.field("inspected_on").value()
        is_new_day = isinstance(day, date) and day != self._day
        if isinstance(day, date) and is_new_day:
            self._day, self._lists = day, self._service.all(day)
        stays = self._field.value() is not None and self._category in ("", category)
        if not stays and (is_new_day or category != self._category):
            wanted = self.wanted(category)
            self._field.offer(blank_of(wanted) if wanted else None)
        self._category = category
        self._card.setVisible(bool(self._field.title_shown()))

    def wanted(self, category: str = "") -> Checklist | None:
        """Return the list in force for *category*, or for the one typed."""
        return list_for(category or self._category, self._lists)

    def _offer_score(self) -> None:
        """Fill an untouched score by the points of the list."""
        checked, field = self._field.value(), self._form.field("score")
        score = checked.score if checked else None
        if field.value() not in (None, self._score) or score == self._score:
            return
        field.set_value(score)
        field.set_hint(f"按检查表的分值折算，{score}分，可以改。" if score is not None else "打了分才填")
        self._score = score

    def _write_finding(self, text: str) -> None:
        """Add *text* to the problem, once, and go there."""
        problem = self._form.field("problem")
        lines = [line for line in str(problem.value() or "").splitlines() if line.strip()]
        if text not in lines:
            problem.set_value("\n".join([*lines, text]))
            problem.edited.emit()
        result = self._form.field("result")
        if not result.value():
            result.set_value(FAILED)
        self._form.go_to("problem")
