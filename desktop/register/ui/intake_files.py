"""Step 1 of the import: which sheet, from which file; files may be dropped, templates are given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.register.ui.scrolling import scrolled
from desktop.spreadsheets.spec import SheetSpec
from desktop.widgets.buttons import LinkButton, PrimaryButton, RowButton
from desktop.widgets.card import Card
from desktop.widgets.dialogs import choose_files, choose_folder
from desktop.widgets.roles import FixedWidth, IconLabel, column, label, row, rule
from desktop.widgets.theme import scaled

SUFFIXES = (".xlsx", ".xls", ".csv")
_PATTERNS = ("表格 (*.xlsx *.xls *.csv)", "所有文件 (*)")
_MAIN_HEADINGS = 5
_ROOM_FOR_PICTURE = 340


class FileStep(QWidget):
    """A place to drop files on, and every kind of sheet with its own way in and its template.

    ``picked`` carries paths and the kind, '' where the headings shall tell it; ``template_wanted`` the kind.
    """

    picked = Signal(object, str)
    template_wanted = Signal(str)

    def __init__(self, specs: Mapping[str, SheetSpec], kind: str) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.kind = kind if kind in specs else ""
        self._picture = IconLabel("download", 72, "accent")
        self._title = label("", "display", name="drop_title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._folder = LinkButton("选一个文件夹，里面的表都导", "upload", name="choose_folder")
        self._folder.clicked.connect(self._pick_folder)
        self._choose = PrimaryButton("从电脑里选文件", "table", name="choose_file")
        self._choose.clicked.connect(lambda: self._pick(self.kind))
        self.setFocusProxy(self._choose)
        self._spec = specs.get(kind)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._drop_card(), 1)
        line.addWidget(self._kinds_card(specs))
        self.show_hovering(hovering=False)

    def show_hovering(self, *, hovering: bool) -> None:
        """Say that letting go now would read the files."""
        what = f"“{self._spec.title}”表" if self._spec else "表格"
        self._title.setText("松开鼠标就读它" if hovering else f"把{what}拖到这里")

    def _pick(self, kind: str) -> None:
        choose_files(self, "选要导入的表，可以选几张", lambda paths: self.picked.emit(paths, kind), patterns=_PATTERNS)

    def _pick_folder(self) -> None:
        choose_folder(self, "选放着表格的文件夹", lambda path: self.picked.emit([path], ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where the words need its room."""
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= scaled(_ROOM_FOR_PICTURE))

    def _drop_card(self) -> Card:
        card = Card()
        middle = Qt.AlignmentFlag.AlignHCenter
        about = label(
            "Excel 表格（.xlsx、.xls）或 .csv，上级发的表也可以，列名不同能对上。"
            "可以一次拖几张，程序排好先后。先看每一行，点了“导入”才写入。",
            "secondary",
            wrap=True,
        )
        about.setAlignment(middle)
        card.body.addStretch(1)
        card.body.addWidget(self._picture, 0, middle)
        card.body.addWidget(self._title)
        card.body.addWidget(about)
        card.body.addSpacing(scaled(8))
        card.body.addWidget(self._choose, 0, middle)
        card.body.addWidget(self._folder, 0, middle)
        card.body.addStretch(1)
        return card

    def _kinds_card(self, specs: Mapping[str, SheetSpec]) -> Card:
        card = Card("是哪种表？", "按这个先后导入")
        FixedWidth(card, 500, 560)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, scaled(6), 0)
        lines.setSpacing(scaled(8))
        for number, (kind, spec) in enumerate(specs.items()):
            if number:
                lines.addWidget(rule())
            lines.addLayout(self._kind_line(kind, spec))
        lines.addStretch(1)
        card.body.addWidget(scrolled(inner), 1)
        return card

    def _kind_line(self, kind: str, spec: SheetSpec) -> QHBoxLayout:
        choose = RowButton("选文件", name=f"choose_{kind}", filled=kind == self.kind)
        choose.setAccessibleName(f"选{spec.title}表的文件")
        choose.clicked.connect(lambda: self._pick(kind))
        template = LinkButton("空表", "download", name=f"template_{kind}")
        template.setAccessibleName(f"存一张{spec.title}表的空表")
        template.setToolTip("存一张空表（模板），填好再导入")
        template.clicked.connect(lambda: self.template_wanted.emit(kind))
        texts = column(label(spec.title, "heading"), label(_headings(spec), "small", wrap=True), spacing=1)
        line = row(spacing=scaled(10))
        line.addLayout(texts, 1)
        line.addWidget(template)
        line.addWidget(choose)
        return line


def _headings(spec: SheetSpec) -> str:
    """Return the headings that tell a sheet from another: the required ones, marked, then the first others."""
    columns = sorted(spec.columns, key=lambda one: not one.required)[:_MAIN_HEADINGS]
    named = " ".join(f"{one.heading}＊" if one.required else one.heading for one in columns)
    return f"{named} …" if len(spec.columns) > _MAIN_HEADINGS else named


def sheets_among(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files that may be spreadsheets by their names, those inside folders too, and the others.

    What Excel keeps beside an open file (~$…) and hidden files in a folder are neither.
    """
    whole: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
        named = [one for one in inside if one is path or one.suffix.lower() in SUFFIXES]
        whole += [one for one in named if not one.name.startswith(("~$", "."))] or ([path] if path.is_dir() else [])
    sheets = [path for path in dict.fromkeys(whole) if path.suffix.lower() in SUFFIXES and not path.is_dir()]
    return sheets, [path for path in whole if path not in sheets]
