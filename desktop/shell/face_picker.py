"""The officers to choose from at the login window: two columns, one is chosen, arrow keys walk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop.store.faces import Face
from desktop.widgets.roles import FixedHeight, IconLabel, column, label, row
from desktop.widgets.theme import scaled

COLUMNS = 2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class FaceButton(QPushButton):
    """One officer: name in bold, role below, a tick when chosen."""

    walked = Signal(int)
    """The arrow keys ask for the face so many places further."""
    settled = Signal()
    """Enter says: this is me."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face
        self.setProperty("role", "tile")
        self.setObjectName(f"face_{face.name}")
        self.setAccessibleName(f"{face.name}，{face.role}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        FixedHeight(self, 54)
        self._mark = IconLabel("person", 26, "secondary")
        self._tick = IconLabel("check", 20, "accent")
        line = row(self._mark, spacing=scaled(10))
        line.addLayout(column(label(face.name, "heading"), label(face.role, "small"), spacing=0), 1)
        line.addWidget(self._tick)
        line.setContentsMargins(scaled(12), 2, scaled(12), 2)
        self.setLayout(line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._show_choice)
        self._show_choice(chosen=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; Enter goes on to the password."""
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.walked.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.settled.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint the frame."""
        super().focusInEvent(event)
        self.update()

    def _show_choice(self, chosen: bool) -> None:
        self._mark.set_icon("person", "accent_deep" if chosen else "secondary")
        # Hidden, it would give its place away and the texts would jump.
        self._tick.set_icon("check", "accent" if chosen else "card")
        self._tick.setVisible(chosen)


class FacePicker(QWidget):
    """Exactly one face is chosen, the first unless told otherwise."""

    chosen = Signal(str)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setAccessibleName("您是哪一位")
        self._buttons: list[FaceButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)

    def set_faces(self, faces: Sequence[Face], chosen: str = "") -> None:
        """Show *faces*; the one with id *chosen* is picked if it is among them."""
        for old in self._buttons:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [FaceButton(face) for face in faces]
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // COLUMNS, number % COLUMNS)
            button.clicked.connect(lambda _on, b=button: self._click(b))
            button.walked.connect(lambda step, b=button: self._walk(b, step))
            button.settled.connect(self.settled)
        picked = next((button for button in self._buttons if button.face.id == chosen), None)
        if self._buttons:
            self._choose(picked or self._buttons[0])

    def face(self) -> Face | None:
        """Return the chosen face; None only while there are none."""
        return next((button.face for button in self._buttons if button.isChecked()), None)

    def choose(self, face_id: str) -> bool:
        """Choose the face *face_id*; return whether it is there."""
        for button in self._buttons:
            if button.face.id == face_id:
                self._choose(button)
                return True
        return False

    def focus_chosen(self) -> None:
        """Put the keyboard on the chosen face."""
        for button in self._buttons:
            if button.isChecked():
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _walk(self, button: FaceButton, step: int) -> None:
        place = self._buttons.index(button) + step
        if 0 <= place < len(self._buttons):
            self._choose(self._buttons[place])
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _click(self, button: FaceButton) -> None:
        """A click says both: this one, and on to the password."""
        self._choose(button)
        self.settled.emit()

    def _choose(self, picked: FaceButton) -> None:
        for button in self._buttons:
            button.setChecked(button is picked)
            # One stop for Tab, as with radio buttons; a click may reach every face.
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is picked else Qt.FocusPolicy.ClickFocus)
        self.chosen.emit(picked.face.id)
