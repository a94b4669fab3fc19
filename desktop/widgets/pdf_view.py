"""A scrolling view of a document's pages: whole, as wide as the room, in real size, or zoomed by hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from desktop.widgets.page_layout import LARGEST, MARGIN, SMALLEST, Fit, PageLayout, Place, fitting_zoom
from desktop.widgets.page_pictures import PagePictures, PageSource, Wanted
from desktop.widgets.theme import theme_changed, tokens

_STEP = 1.2
_NOTHING = "还没有可以看的页面。"
_DRAWING = "正在画这一页…"
_BROKEN = "这一页画不出来，请关上再打开一次。"


class PdfView(QAbstractScrollArea):
    """Shows the pages of a PageSource; another source may take its place while it is looked at.

    Pages are drawn beside the window, as finely as the screen can show them. The arrow keys scroll, PgUp and PgDn
    turn pages, Ctrl+wheel, Ctrl++ and Ctrl+- zoom; with the mouse held down the paper is pushed about.
    """

    page_changed = Signal(int, int)
    """The page in front, counted from 1, and how many there are (0, 0 for none)."""
    zoom_changed = Signal(int)
    """The size in hundredths of the real one."""
    fit_changed = Signal(str)
    """How the size is found now: page, width, actual, or free after zooming by hand."""
    settled = Signal()
    """Every page in sight is drawn."""

    def __init__(self, accessible_name: str = "页面", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # The bar stays, or a page that just fits would make it come and go for ever.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pictures = PagePictures(self)
        self._pictures.arrived.connect(self._page_arrived)
        self._pictures.settled.connect(self.settled)
        self._sizes: list[tuple[float, float]] = []
        self._fit: Fit = "page"
        self._zoom = 1.0
        self._layout = PageLayout((), 1.0, 96, 0)
        self._message = _NOTHING
        self._told = (-1, -1)
        self._held: tuple[QPoint, QPoint] | None = None
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        theme_changed.connect(self.viewport().update)
        self._tell()

    # What is shown

    def set_pages(self, pages: PageSource) -> None:
        """Show *pages* from now on, at the same place if there is one; the old ones stay in sight until drawn anew."""
        anchor = self._anchor()
        self._sizes = [pages.size(index) for index in range(pages.count())]
        self._message = _NOTHING
        self._pictures.show(pages)
        self._lay_out(anchor)

    def show_message(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self._sizes, self._message = [], text
        self._pictures.show(None)
        self._lay_out((0, 0.0))

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """Return the page in front, counted from 1; 0 if there is none."""
        if not self._sizes:
            return 0
        bar = self.verticalScrollBar()
        if bar.value() == bar.maximum() and bar.maximum():
            return len(self._sizes)
        return self._layout.page_at(bar.value() + self.viewport().height() / 3) + 1

    def go_to(self, page: int) -> None:
        """Show the top of *page* (from 1)."""
        if 1 <= page <= len(self._sizes):
            self.verticalScrollBar().setValue(self._layout.places[page - 1].y - MARGIN)

    def fit(self) -> Fit:
        """Return how the size is found."""
        return self._fit

    def set_fit(self, fit: Fit) -> None:
        """Show whole pages, pages as wide as the room, or their real size."""
        if fit != self._fit:
            self._fit = fit
            self.fit_changed.emit(fit)
        self._lay_out(self._anchor())

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self._zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self._zoom_to(self._zoom / _STEP)

    # What Qt asks

    def sizeHint(self) -> QSize:
        """Ask for room for a page that can be recognised; more is welcome."""
        return QSize(420, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages out anew."""
        super().resizeEvent(event)
        self._lay_out(self._anchor())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pages in sight on a ground a little darker than paper."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens().grey_soft))
        if not self._sizes:
            painter.setPen(QColor(tokens().text))
            room = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        for index in self._in_sight():
            self._paint_page(painter, index)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom; arrows scroll."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space if not control:
                self._turn(1)
            case Qt.Key.Key_PageUp:
                self._turn(-1)
            case Qt.Key.Key_Home:
                self.go_to(1)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if control:
                self.zoom_in()
            case Qt.Key.Key_Minus if control:
                self.zoom_out()
            case Qt.Key.Key_0 if control:
                self.set_fit("page")
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            if steps:
                self._zoom_to(self._zoom * _STEP**steps)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the paper."""
        if event.button() == Qt.MouseButton.LeftButton and self._sizes:
            at = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            self._held = (event.position().toPoint(), at)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push the paper about while it is held."""
        if self._held is not None:
            start, at = self._held
            moved = at - (event.position().toPoint() - start)
            self.horizontalScrollBar().setValue(moved.x())
            self.verticalScrollBar().setValue(moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the paper."""
        self._held = None
        self.viewport().unsetCursor()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the font of the sentence changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Draw anew for a finer or coarser screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._want()
        return super().event(event)

    # Geometry

    def _anchor(self) -> tuple[int, float]:
        """Return the page at the upper edge and which share of it lies above."""
        if not self._layout.places:
            return 0, 0.0
        top = self.verticalScrollBar().value()
        index = self._layout.page_at(top + MARGIN)
        place = self._layout.places[index]
        return index, (top + MARGIN - place.y) / max(place.height, 1)

    def _lay_out(self, anchor: tuple[int, float]) -> None:
        """Find zoom and places, and bring the place of *anchor* back to the upper edge."""
        room = self.viewport().size()
        zoom = self._zoom
        if self._fit != "free":
            zoom = fitting_zoom(self._fit, self._sizes, self.logicalDpiX(), (room.width(), room.height()))
        self._layout = PageLayout(self._sizes, zoom, self.logicalDpiX(), room.width())
        if zoom != self._zoom or not self._sizes:
            self._zoom = zoom
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(room.width())
        across.setRange(0, max(self._layout.width - room.width(), 0))
        across.setValue(across.maximum() // 2)
        down.setPageStep(room.height())
        down.setSingleStep(40)
        down.setRange(0, max(self._layout.height - room.height(), 0))
        if self._layout.places:
            index, share = min(anchor[0], len(self._sizes) - 1), anchor[1]
            place = self._layout.places[index]
            down.setValue(round(place.y + share * place.height) - MARGIN)
        self._scrolled()
        self.zoom_changed.emit(round(zoom * 100))

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(max(zoom, SMALLEST), LARGEST)
        self.set_fit("free")

    def _turn(self, step: int) -> None:
        """Go to the next whole page, or on by what is in sight where a page is larger than that."""
        bar = self.verticalScrollBar()
        if self._fit == "page":
            self.go_to(self._layout.page_at(bar.value() + MARGIN) + 1 + step)
        else:
            bar.setValue(bar.value() + step * int(self.viewport().height() * 0.9))

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.between(top, top + self.viewport().height()) if self._sizes else range(0)

    def _scrolled(self) -> None:
        self._want()
        self._tell()
        self.viewport().update()

    def _want(self) -> None:
        """Have the pages in sight drawn, then the ones next to them."""
        dpi = round(self._zoom * self.logicalDpiX() * self.devicePixelRatioF(), 2)
        seen = self._in_sight()
        near = [index for index in (seen.stop, seen.start - 1) if seen and 0 <= index < len(self._sizes)]
        self._pictures.want([Wanted(index, dpi) for index in (*seen, *near)])

    def _tell(self) -> None:
        now = (self.page(), len(self._sizes))
        if now != self._told:
            self._told = now
            self.setAccessibleDescription(f"第{now[0]}页，共{now[1]}页" if now[1] else self._message)
            self.page_changed.emit(*now)

    # Painting

    def _page_arrived(self, index: int) -> None:
        if index in self._in_sight():
            self.viewport().update(self._rect(self._layout.places[index]))

    def _rect(self, place: Place) -> QRect:
        """Return where *place* lies in the viewport."""
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRect(place.x - left, place.y - top, place.width, place.height)

    def _paint_page(self, painter: QPainter, index: int) -> None:
        """Paint one page: its picture, an older one for the moment, or that it is being drawn."""
        rect = self._rect(self._layout.places[index])
        painter.fillRect(rect, Qt.GlobalColor.white)
        image = self._pictures.picture(index)
        if self._pictures.is_broken(index) or image is None:
            painter.setPen(Qt.GlobalColor.black)
            text = _BROKEN if self._pictures.is_broken(index) else _DRAWING
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        else:
            # A picture that differs by a pixel from rounding is drawn as it is: stretching would blur every letter.
            ratio = self.devicePixelRatioF()
            size = QSize(round(image.width() / ratio), round(image.height() / ratio))
            exact = abs(size.width() - rect.width()) <= 1 and abs(size.height() - rect.height()) <= 1
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.drawImage(QRect(rect.topLeft(), size) if exact else rect, image)
        painter.setPen(QPen(QColor(tokens().input_border), tokens().line_width))
        painter.drawRect(rect)
