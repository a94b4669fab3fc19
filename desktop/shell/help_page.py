"""使用说明: the chapters at the left, the text at the right, and a box that finds a word in all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QListWidget, QTextBrowser

from desktop.foundation.paths import resource
from desktop.register.ui.host import PageHost
from desktop.register.ui.hosted_page import HostedPage
from desktop.shell.manual import Chapter, chapters
from desktop.widgets.card import Card
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.focus import pass_focus
from desktop.widgets.roles import FixedWidth, label, row
from desktop.widgets.theme import scaled, theme_changed

_LIST_WIDTH, _LARGE_LIST_WIDTH = 236, 290
_LINE_PERCENT = 150
_HEADING_STEPS = {1: 1.4, 2: 1.15}
_ROW_HEIGHT, _READABLE, _AROUND = 42, 860, 90


class HelpPage(HostedPage):
    """Opens at one chapter; Esc goes back to where the user was."""

    def __init__(self, host: PageHost, chapter: Chapter) -> None:
        super().__init__("help", host)
        self._chapters = chapters()
        self._shown = chapter.key
        self.search = SearchEdit("在说明里找", accessible_name="在使用说明里找")
        self.search.setObjectName("help_search")
        self.search.searched.connect(self._find)
        FixedWidth(self.search, 320)
        self._found = label("", "secondary", name="help_found")
        self.list = QListWidget()
        self.list.setObjectName("help_chapters")
        self.list.setAccessibleName("章节")
        self.list.setProperty("role", "chapters")
        FixedWidth(self.list, _LIST_WIDTH, _LARGE_LIST_WIDTH)
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setAccessibleName("说明")
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(resource("manual"))])
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        sheet = Card()
        sheet.body.setContentsMargins(4, 4, 4, 4)
        sheet.body.addWidget(self.text)
        self.list.currentRowChanged.connect(self._choose)
        self._vertical.addLayout(
            row(self._back, label("使用说明", "title"), 12, self.search, self._found, 0, spacing=10)
        )
        middle = row(self.list, sheet, spacing=12)
        middle.setStretchFactor(sheet, 1)
        self._vertical.addLayout(middle, 1)
        theme_changed.connect(self._dress)
        pass_focus(self, self.list)
        self._fill(self._chapters)

    def show_chapter(self, chapter: Chapter) -> None:
        """Show *chapter*, whatever was looked for before."""
        self._shown = chapter.key
        self.search.clear()
        self._fill(self._chapters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines at a length that eyes follow."""
        super().resizeEvent(event)
        self._fit_lines()

    def _fill(self, listed: list[Chapter]) -> None:
        """List these chapters and show the one that was shown, or the first of them."""
        self._listed = listed
        self.list.blockSignals(True)  # noqa: FBT003
        self.list.clear()
        self.list.addItems([chapter.title for chapter in listed])
        self._fit_rows()
        self.list.blockSignals(False)  # noqa: FBT003
        keys = [chapter.key for chapter in listed]
        if keys:
            self.list.setCurrentRow(keys.index(self._shown) if self._shown in keys else 0)

    def _choose(self, number: int) -> None:
        if not 0 <= number < len(self._listed):
            return
        chapter = self._listed[number]
        self._shown = chapter.key
        self.text.setMarkdown(f"# {chapter.title}\n\n{chapter.text}\n")
        self._dress()
        self._mark_word()

    def _dress(self) -> None:
        """Give the text air, and headings sizes that grow with 大字: what Markdown brings is too tight to read."""
        self._fit_rows()
        document = self.text.document()
        document.setDocumentMargin(scaled(18))
        self.text.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self._fit_lines()
        base = self.font().pointSizeF()
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            spacing = QTextBlockFormat()
            spacing.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            level = block.blockFormat().headingLevel()
            spacing.setTopMargin(scaled(14) if level > 1 else 0)
            spacing.setBottomMargin(scaled(6))
            cursor.mergeBlockFormat(spacing)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                shape = cursor.charFormat()
                shape.setFontPointSize(base * _HEADING_STEPS.get(level, 1.0))
                shape.setFontWeight(QFont.Weight.Bold)
                shape.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
                cursor.setCharFormat(shape)
            block = block.next()

    def _fit_lines(self) -> None:
        beside = self.list.width() + scaled(_AROUND)
        self.text.setLineWrapColumnOrWidth(max(min(scaled(_READABLE), self.width() - beside), scaled(200)))

    def _fit_rows(self) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setSizeHint(QSize(0, scaled(_ROW_HEIGHT)))

    def _find(self, words: str) -> None:
        wanted = words.strip()
        found = [one for one in self._chapters if wanted.lower() in f"{one.title}\n{one.text}".lower()]
        if wanted and not found:
            self._found.setText("没有找到，换个词试试。")
            return
        self._found.setText(f"{len(found)}章里有" if wanted else "")
        self._fill(found)

    def _mark_word(self) -> None:
        """Go to the first place where the word looked for stands."""
        wanted = self.search.text().strip()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if wanted:
            self.text.find(wanted, QTextDocument.FindFlag(0))
