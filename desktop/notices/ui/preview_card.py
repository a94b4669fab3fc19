"""What stands at the right of the form: the pages as they will come out, their layout, printing and posting."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout

from desktop.notices.rules import Layout
from desktop.notices.ui.audience_bar import AudienceBar
from desktop.widgets.buttons import PrimaryButton, SecondaryButton
from desktop.widgets.page_layout import Fit
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.roles import label, row
from desktop.widgets.segmented import Segmented

if TYPE_CHECKING:
    from desktop.printing.preview import PdfPages

MOST_COPIES = 20
_LEAST_WIDTH, _MOST_WIDTH = 356, 460
_FITS = (("page", "整页"), ("width", "适宽"))


class PreviewCard(QFrame):
    """Shows pages and asks for paper; ``changed`` tells that they must be made anew."""

    changed = Signal()
    print_wanted = Signal()
    post_wanted = Signal()

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("notice_preview")
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_MOST_WIDTH)
        self._where = label("", "secondary", name="notice_where")
        self._fit = Segmented(_FITS, accessible_name="看多大")
        self._fit.set_current("width")
        self.layouts = QComboBox()
        self.layouts.setObjectName("notice_layout")
        self.layouts.setAccessibleName("版式")
        for layout in Layout:
            self.layouts.addItem(layout.value, layout)
        self.mono = QCheckBox("黑白")
        self.mono.setObjectName("notice_mono")
        self.mono.setToolTip("红字印成黑字，给黑白打印机用")
        self.sealed = QCheckBox("盖章")
        self.sealed.setObjectName("notice_sealed")
        self.sealed.setToolTip("留出盖章的位置；红圈只在这里看，不会印出来")
        self.sealed.setChecked(True)
        self.audience = AudienceBar(self.sealed, self.mono)
        self.copies = QComboBox()
        self.copies.setObjectName("notice_copies")
        self.copies.setAccessibleName("印几份")
        for number in range(1, MOST_COPIES + 1):
            self.copies.addItem(f"{number}份", number)
        self.view = PdfView("通知的页面")
        self.view.set_fit("width")
        self._print = PrimaryButton("打印 1份", "print", name="notice_print")
        self._post = SecondaryButton("登记已张贴", "camera", name="notice_post")
        for button in (self._print, self._post):
            button.setVisible(may_edit)
        self.copies.setVisible(may_edit)
        self._build()

    def show_pages(self, pages: PdfPages) -> None:
        """Show *pages* in place of the former ones."""
        self.view.set_pages(pages)

    def show_message(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self.view.show_message(text)

    def choose_layout(self, layout: Layout) -> None:
        """Choose a layout without telling anybody."""
        with QSignalBlocker(self.layouts):
            self.layouts.setCurrentIndex(self.layouts.findData(layout))
        self._offer_seal()

    def chosen_layout(self) -> Layout:
        """Return how the notice is to be laid out."""
        return Layout(self.layouts.currentData())

    def choose_sealed(self, sealed: bool) -> None:
        """Choose whether there will be a seal without telling anybody."""
        with QSignalBlocker(self.sealed):
            self.sealed.setChecked(sealed)

    def chosen_copies(self) -> int:
        """Return how many copies are wanted."""
        return int(self.copies.currentData())

    def _off_the_wall(self) -> None:
        """Copies for doors are no posters."""
        if self.audience.audience() is not None and self.chosen_layout() in {Layout.POSTER, Layout.POSTER_A3}:
            self.choose_layout(Layout.LEAFLET)

    def _offer_seal(self) -> None:
        """Official layouts alone have a place for the seal."""
        self.sealed.setVisible(self.chosen_layout() in {Layout.OFFICIAL, Layout.RED_HEAD})

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 14)
        whole.setSpacing(8)
        whole.addLayout(row(self._where, 0, self._fit))
        whole.addLayout(row(label("版式", "secondary"), self.layouts, 0, self.copies, spacing=8))
        whole.addWidget(self.audience)
        whole.addWidget(self.view, 1)
        foot = row(self._print, self._post, spacing=8)
        for place in (0, 1):
            foot.setStretch(place, 1)
        whole.addLayout(foot)
        self._fit.changed.connect(lambda key: self.view.set_fit(cast("Fit", key)))
        self.layouts.currentIndexChanged.connect(lambda _index: self._offer_seal())
        self.layouts.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.audience.changed.connect(self._off_the_wall)
        self.audience.changed.connect(self.changed)
        self.sealed.toggled.connect(lambda _on: self.changed.emit())
        self.mono.toggled.connect(lambda _on: self.changed.emit())
        self.copies.currentIndexChanged.connect(lambda _index: self._print.set_text(f"打印 {self.chosen_copies()}份"))
        self.view.page_changed.connect(self._tell_page)
        self._print.clicked.connect(self.print_wanted)
        self._post.clicked.connect(self.post_wanted)

    def _tell_page(self, page: int, count: int) -> None:
        self._where.setText(f"第{page}页，共{count}页" if count else "")
