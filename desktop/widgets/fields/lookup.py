"""Finding one record by a few letters: the list of hits drops down while typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop.widgets.fields.base import Field
from desktop.widgets.fields.lineedit import DEBOUNCE_MS, LineEdit
from desktop.widgets.hits import HitList, LookupHit


class LookupField(Field):
    """Holds the key of one record; typing searches, choosing fixes it."""

    chosen = Signal(object)
    create_requested = Signal(str)

    def __init__(
        self,
        name: str,
        title: str,
        search: Callable[[str], list[LookupHit]],
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "选一位",
        create_text: str = "",
        unknown_text: str = "请从列表里选，可打首字母",
    ) -> None:
        super().__init__(name, title, required=required, hint=hint)
        self._search, self._unknown = search, unknown_text
        self._hit: LookupHit | None = None
        self._line = LineEdit(placeholder)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._run)
        self._line.textChanged.connect(self._changed)
        self._line.textEdited.connect(self._timer.start)  # only what the user types opens the list
        self._set_editor(self._line)
        self.hits = HitList(self._line, create_text=create_text)
        self.hits.chosen.connect(self._take)
        self.hits.create_requested.connect(lambda: self.create_requested.emit(self._line.text().strip()))

    def value(self) -> object:
        """Return the key of the chosen record, or None."""
        return self._hit.key if self._hit is not None else None

    def hit(self) -> LookupHit | None:
        """Return the chosen line."""
        return self._hit

    def set_value(self, value: object) -> None:
        """Show a LookupHit as chosen; None empties the field."""
        if value is not None and not isinstance(value, LookupHit):
            raise TypeError("a lookup field needs the hit, a key alone has no title")
        self._hit = value
        self._write(value.title if value is not None else "")

    def own_problem(self) -> str:
        """Say that typed text is not yet a choice."""
        return self._unknown if self._hit is None and self._line.text().strip() else ""

    def draft(self) -> object:
        """Return the choice as texts; the key must be a text, a number or have one text form."""
        if self._hit is None:
            return {"text": self._line.text()}
        hit = self._hit
        return {"key": str(hit.key), "title": hit.title, "detail": hit.detail, "state": hit.state, "about": hit.about}

    def set_draft(self, draft: object) -> None:
        """Show a kept choice again; its key is the text that ``draft`` wrote unless the search still knows it."""
        if not isinstance(draft, dict):
            self.set_value(None)
        elif "key" in draft:
            self.set_value(self._known(draft))
        else:
            self._hit = None
            self._write(str(draft.get("text", "")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the list; Enter takes the line before it moves on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._line.composing:
            if self._wants_next(event) or event.key() == Qt.Key.Key_Tab:
                self._flush()
                self.hits.take_current()
            elif self.hits.handle_key(event):
                return True
            elif event.key() == Qt.Key.Key_Down:
                self._run()
                return True
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        """Take the one record that bears exactly the typed name."""
        text = self._line.text().strip()
        if self._hit is None and text:
            same = [hit for hit in self._search(text) if hit.title == text]
            if len(same) == 1:
                self._take(same[0])

    def _leave(self) -> None:
        self._timer.stop()
        self.settle()
        super()._leave()

    def _known(self, draft: dict[str, str]) -> LookupHit:
        for hit in self._search(draft["title"]):
            if str(hit.key) == draft["key"]:
                return hit
        return LookupHit(
            draft["key"], draft["title"], draft.get("detail", ""), draft.get("state", ""), draft.get("about", "")
        )

    def _changed(self) -> None:
        self._hit = None
        self._touched()

    def _flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._run()

    def _run(self) -> None:
        if not self._line.composing:
            self.hits.show_hits(self._search(self._line.text().strip()))

    def _take(self, hit: LookupHit) -> None:
        self._hit = hit
        self._write(hit.title)
        self.edited.emit()
        self.chosen.emit(hit)

    def _write(self, text: str) -> None:
        self._timer.stop()
        with QSignalBlocker(self._line):
            self._line.setText(text)
        self.set_problem("")
