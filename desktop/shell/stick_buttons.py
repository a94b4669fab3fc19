"""The sticks plugged in now, each as a button, and the way to another folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from desktop.safekeeping.drives import Drive
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.dialogs import choose_folder
from desktop.widgets.roles import label, row

_GB = 1_000_000_000
_NO_STICK = "没有找到U盘。插上以后按“重新找U盘”，或选别的文件夹。"


class StickButtons(QWidget):
    """``chosen`` says where to; *verb* stands before each stick's name, *name* begins the names of the parts.

    With *leading* the first stick is what the page is for, and stands out.
    """

    chosen = Signal(Path)
    looked = Signal()

    def __init__(
        self, sticks: Callable[[], list[Drive]], verb: str, name: str, *, dialog: str, leading: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self._find, self._verb, self._name, self._dialog = sticks, verb, name, dialog
        self._leading = leading
        self._place: Path | None = None
        self._listed: list[QWidget] = []
        self._sticks = QVBoxLayout()
        self._sticks.setSpacing(8)
        look = SecondaryButton("重新找U盘", "search", name=f"{name}_look")
        look.clicked.connect(self.looked)
        other = SecondaryButton("选别的文件夹", name=f"{name}_other")
        other.clicked.connect(self._choose)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addLayout(self._sticks)
        lines.addLayout(row(look, other, 0))

    def look(self, place: Path | None = None) -> None:
        """List the sticks plugged in now but *place*, which is offered elsewhere; folders are chosen from there."""
        for old in self._listed:
            self._sticks.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._place, sticks = place, self._find()
        self._listed = [self._button_of(stick, number) for number, stick in enumerate(sticks) if stick.path != place]
        if not sticks:
            self._listed = [label(_NO_STICK, wrap=True, name=f"{self._name}_no_stick")]
        for part in self._listed:
            is_text = not isinstance(part, QPushButton)
            self._sticks.addWidget(part, alignment=Qt.AlignmentFlag(0) if is_text else Qt.AlignmentFlag.AlignLeft)

    def _button_of(self, stick: Drive, number: int) -> QPushButton:
        text = f"{self._verb} {stick.label}（还空 {stick.free_bytes / _GB:.1f} GB）"
        kind = PrimaryButton if self._leading and number == 0 else SecondaryButton
        button = kind(text, "usb", name=f"{self._name}_stick_{number}")
        button.clicked.connect(partial(self._take, stick.path))
        return button

    def _take(self, path: Path, _checked: bool = False) -> None:
        self.chosen.emit(path)

    def _choose(self) -> QFileDialog:
        return choose_folder(self, self._dialog, self.chosen.emit, folder=self._place)
