"""Sets a month to hang on the wall, on lying A3; the same drawing smaller on A4."""

from __future__ import annotations

from typing import NamedTuple

from desktop.printing.document import Align
from desktop.printing.fitting import Fitted, fitted, fitted_or_capped, fitting_size, wrapped
from desktop.printing.fonts import Role
from desktop.printing.forms import CalendarCell, WallCalendar
from desktop.printing.frame import A4
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

MARGIN, TOP, BOTTOM = 15.0, 52.0, 285.0
PAGE = (420.0, 297.0)
A4_SCALE = A4[1] / PAGE[0]
CELL_WIDTH = (PAGE[0] - 2 * MARGIN) / 7
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SATURDAY = 5
EVENT_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
EVENT_LEADING = 1.3
_POINTS, _PHONES = "本月要事", "常用电话"


class Box(NamedTuple):
    """A rectangle in millimetres of A3."""

    x: float
    y: float
    width: float
    height: float


def wall_calendar_pdf(calendar: WallCalendar, *, mono: bool) -> bytes:
    """Return *calendar* as PDF of one page."""
    return _Sheet(calendar, mono=mono).pdf()


class _Sheet:
    """Draws one month; all lengths and sizes are those of A3, multiplied by the scale of the paper."""

    def __init__(self, calendar: WallCalendar, *, mono: bool) -> None:
        self._calendar = calendar
        self._scale = 1.0 if calendar.size == "A3" else A4_SCALE
        title = f"{calendar.committee} {calendar.year}年{calendar.month}月"
        size = [side * self._scale for side in PAGE]
        self._paper = Paper(size[0], size[1], title=title, author=calendar.committee, mono=mono)
        self._rows = -(-(calendar.first_weekday + len(calendar.cells)) // 7)
        self._cell_height = (BOTTOM - TOP) / self._rows

    def pdf(self) -> bytes:
        """Return the finished file."""
        self._head()
        for cell in self._calendar.cells:
            self._cell(cell)
        self._lines()
        self._empty_places()
        half, right = PAGE[0] / 2 - MARGIN - 5.0, PAGE[0] - MARGIN
        note, printed = self._calendar.note, self._calendar.printed
        self._fitted(MARGIN, 291.0, note, Role.SONG, 8.0, room=half, least=7.0, align="left", colour=Colour.GREY)
        self._fitted(right, 291.0, printed, Role.SONG, 8.0, room=half, least=7.0, colour=Colour.GREY)
        self._paper.end_page()
        return self._paper.pdf()

    # Parts

    def _head(self) -> None:
        calendar = self._calendar
        wide = self._text(MARGIN, 25.5, str(calendar.month), Role.HEIB, 98.0, colour=Colour.GREEN)
        self._text(MARGIN + wide + 1.0, 32.0, "月", Role.TITLE, 34.0, colour=Colour.GREEN)
        left = MARGIN + wide + 20.0
        self._text(left, 18.5, f"{calendar.year}年", Role.TITLE, 27.0)
        right = PAGE[0] - MARGIN
        room = (right - left) / 2 - 5.0
        self._fitted(left, 32.5, calendar.lunar, Role.KAI, 16.0, room=room, least=9.0, align="left")
        self._fitted(right, 18.5, f"{calendar.committee}工作月历", Role.TITLE, 27.0, room=room, least=12.0, most=2)
        self._fitted(right, 32.5, calendar.contact, Role.HEI, 15.0, room=room, least=9.0, most=2)
        for number, name in enumerate(WEEKDAYS):
            middle = MARGIN + CELL_WIDTH * (number + 0.5)
            ink = Colour.RED if number >= SATURDAY else Colour.BLACK
            self._text(middle, 46.5, name, Role.HEI, 15.0, align="center", tracking=1.5, colour=ink)

    def _cell(self, cell: CalendarCell) -> None:
        """Draw one day: its number, lunar day, mark, and what is planned."""
        box = self._box_of(cell.day)
        ink = Colour.RED if cell.free else Colour.BLACK
        self._text(box.x + 3.0, box.y + 11.0, str(cell.day), Role.HEIB, 46.0, colour=ink)
        right = box.x + box.width - 3.0
        self._fitted(right, box.y + 6.0, cell.lunar, Role.KAI, 15.0, room=28.0, least=8.0)
        self._fitted(right, box.y + 13.2, cell.mark, Role.HEI, 15.0, room=30.0, least=7.0, colour=Colour.GREEN)
        bottom = box.y + box.height - 2.0
        if cell.on_duty:
            bottom -= 9.0
            self._rule(box.x + 3.0, bottom, right, bottom, 0.4, grey=True)
            self._text(box.x + 3.0, bottom + 5.2, "值班", Role.SONG, 10.0, colour=Colour.GREY)
            self._fitted(right, bottom + 5.2, cell.on_duty, Role.HEI, 14.5, room=box.width - 18.0, least=8.0)
        self._events(cell.events, Box(box.x + 3.0, box.y + 20.5, box.width - 6.0, bottom - box.y - 21.0))

    def _events(self, events: tuple[str, ...], room: Box) -> None:
        """Write what is planned as large as it fits; what does not fit even small is counted."""
        for size in EVENT_SIZES:
            made = [_event(text, size, room.width) for text in events]
            if sum(one.height for one in made) <= room.height:
                break
        else:
            made = _as_many_as_fit(events, room)
        y = room.y
        for one in made:
            for number, line in enumerate(one.lines):
                self._text(room.x, y + one.leading * (number + 0.5), line.text, one.role, one.size)
            y += one.height

    def _lines(self) -> None:
        """Draw the grid; the places without a day are merged into one box before and one behind."""
        first, last = self._calendar.first_weekday, self._calendar.first_weekday + len(self._calendar.cells)
        for row in range(self._rows):
            top, bottom = TOP + row * self._cell_height, TOP + (row + 1) * self._cell_height
            if row:
                self._rule(MARGIN, top, PAGE[0] - MARGIN, top, 0.5)
            for column in range(1, 7):
                place = row * 7 + column
                if first < place < last or place in {first, last}:
                    x = MARGIN + column * CELL_WIDTH
                    self._rule(x, top, x, bottom, 0.5)
        scale = self._scale
        self._paper.frame(
            MARGIN * scale, TOP * scale, (PAGE[0] - 2 * MARGIN) * scale, (BOTTOM - TOP) * scale, 1.0 * scale
        )

    def _empty_places(self) -> None:
        """Use the places before the 1st and behind the last day for what matters and whom to call."""
        before = self._calendar.first_weekday
        behind = self._rows * 7 - before - len(self._calendar.cells)
        if before:
            box = Box(MARGIN, TOP, before * CELL_WIDTH, self._cell_height)
            self._points(box)
        if behind:
            x = PAGE[0] - MARGIN - behind * CELL_WIDTH
            self._phones(Box(x, BOTTOM - self._cell_height, behind * CELL_WIDTH, self._cell_height))

    def _points(self, box: Box) -> None:
        """Write the points, or leave lines to write them by hand."""
        self._text(box.x + 5.0, box.y + 8.0, _POINTS, Role.HEI, 17.0, colour=Colour.GREEN)
        inner = Box(box.x + 5.0, box.y + 14.0, box.width - 10.0, box.height - 16.0)
        if self._calendar.points:
            self._events(tuple(f"· {point}" for point in self._calendar.points), inner)
            return
        y = inner.y + 7.0
        while y < box.y + box.height - 3.0:
            self._rule(inner.x, y, inner.x + inner.width, y, 0.35, grey=True)
            y += 8.0

    def _phones(self, box: Box) -> None:
        if not self._calendar.phones:
            return
        self._text(box.x + 5.0, box.y + 8.0, _PHONES, Role.HEI, 17.0, colour=Colour.GREEN)
        room = int((box.height - 16.0) / 8.6)
        columns = max(int(box.width // CELL_WIDTH), 1)
        width = (box.width - 10.0) / columns
        shown = self._calendar.phones[: room * columns]
        song = typeface(Role.SONG)
        taken = max(song.width(song.printable(name), 14.0) / MM for name, _ in shown) + 5.0
        taken = min(taken, width * 0.55)
        for number, (name, phone) in enumerate(shown):
            x = box.x + 5.0 + number // room * width
            y = box.y + 17.5 + number % room * 8.6
            self._fitted(x, y, name, Role.SONG, 14.0, room=taken - 2.0, least=7.0, align="left")
            room_left = width - taken - 2.0
            self._fitted(x + taken, y, phone, Role.HEI, 14.0, room=room_left, least=7.0, align="left")

    # In the scale of the paper

    def _box_of(self, day: int) -> Box:
        place = self._calendar.first_weekday + day - 1
        return Box(MARGIN + place % 7 * CELL_WIDTH, TOP + place // 7 * self._cell_height, CELL_WIDTH, self._cell_height)

    def _text(
        self, x: float, y: float, text: str, role: Role, size: float, *, align: Align = "left", tracking: float = 0.0,
        colour: Colour = Colour.BLACK,
    ) -> float:  # fmt: skip
        """Write one line; return its width in millimetres of A3."""
        scale = self._scale
        wide = self._paper.text(
            x * scale, y * scale, text, role, size * scale, align=align, tracking=tracking * scale, colour=colour
        )
        return wide / scale

    def _fitted(
        self, x: float, y: float, text: str, role: Role, size: float, *, room: float, least: float, most: int = 1,
        align: Align = "right", colour: Colour = Colour.BLACK,
    ) -> None:  # fmt: skip
        """Write *text* up to *x*, or from it, smaller where the room is short, in at most *most* lines."""
        made = fitted_or_capped(text, role, size, room, least=least, most=most, leading=1.2)
        top = y - made.height / 2
        for number, line in enumerate(made.lines):
            middle = top + made.leading * (number + 0.5)
            self._text(x, middle, line.text, role, made.size, align=align, colour=colour)

    def _rule(self, x1: float, y1: float, x2: float, y2: float, weight: float, *, grey: bool = False) -> None:
        scale = self._scale
        ink = Colour.GREY if grey else Colour.BLACK
        self._paper.rule(x1 * scale, y1 * scale, x2 * scale, y2 * scale, weight * scale, colour=ink)


def _event(text: str, size: float, width: float) -> Fitted:
    """Return one entry: on one line if a tenth smaller is enough, else wrapped at *size*."""
    if fitting_size(text, Role.SONG, size, width, least=size * 0.9) is not None:
        return fitted(text, Role.SONG, size, width, least=size * 0.9, leading=EVENT_LEADING)
    return wrapped(text, Role.SONG, size, width, leading=EVENT_LEADING)


def _as_many_as_fit(events: tuple[str, ...], room: Box) -> list[Fitted]:
    """Return the first entries at the smallest size, and how many more there are."""
    made: list[Fitted] = []
    left = room.height
    for number, text in enumerate(events):
        one = _event(text, EVENT_SIZES[-1], room.width)
        if one.height + one.leading > left:
            more = wrapped(f"……（还有{len(events) - number}件，见活动台账）", Role.SONG, 7.0, room.width, leading=1.2)
            return [*made, more]
        made.append(one)
        left -= one.height
    return made
