"""The card over the Aedes list: the newest finding as its title, how it was computed, and the course of two years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.pest_control.density_rules import BAND_WORDS, BANDS, UPPER_INCLUDED
from desktop.pest_control.documents import number, rounded
from desktop.pest_control.ui.band_chart import BandChart, BandSpec
from desktop.pest_control.views import HalfMonth
from desktop.widgets.card import Card
from desktop.widgets.roles import label, row
from desktop.widgets.theme import scaled

_ROOM_FOR_COURSE = 440


class BandCard(Card):
    """Says what the newest half month means; hidden while nothing was found in two years."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("band_card")
        self._title = label("", "title", name="band_title")
        self._key = label("", "small", name="band_key")
        self._how = label("", "secondary", name="band_how", wrap=True)
        self._chart = BandChart(BandSpec((), (), (Decimal(5), Decimal(10), Decimal(20))))
        self.body.setContentsMargins(scaled(18), scaled(10), scaled(14), scaled(8))
        self.body.setSpacing(scaled(4))
        self.body.addLayout(row(self._title, 0, self._key))
        self.body.addWidget(self._how)
        self.body.addWidget(self._chart, 1)
        self.setVisible(False)

    def fit(self, room: int) -> None:
        """Leave the course out where *room* pixels for card and list would squeeze it flat; the finding stays."""
        self._chart.setVisible(room >= scaled(_ROOM_FOR_COURSE))

    def show_course(
        self,
        this_year: Sequence[HalfMonth],
        last_year: Sequence[HalfMonth],
        limits: tuple[Decimal, Decimal, Decimal],
        boundary: str,
    ) -> None:
        """Show both years on the bands between *limits*."""
        known = [one for one in (*last_year, *this_year) if one.bi is not None]
        self.setVisible(bool(known))
        if not known:
            return
        newest = known[-1]
        year = "" if this_year else f"{newest.year}年"
        self._title.setText(year + _finding(newest, known[-2] if len(known) > 1 else None))
        self._how.setText(f"{_formula(newest)}。{_boundary(boundary, limits)}")
        years = [f"实线{this_year[0].year}年"] if this_year else []
        years += [f"虚线{last_year[0].year}年"] if last_year else []
        self._key.setText("，".join(years))
        self._chart.set_spec(BandSpec(this_year, last_year, limits))


def _finding(newest: HalfMonth, before: HalfMonth | None) -> str:
    band = newest.band or ""
    change = "，"
    if before is not None and before.band != newest.band:
        change = "，升到" if _rose(before, newest) else "，降到"
    risk = "" if band == BANDS[0] else "风险"
    return f"{newest.title} BI {rounded(newest.bi)}{change}{band}（{BAND_WORDS[band]}{risk}）"


def _rose(before: HalfMonth, newest: HalfMonth) -> bool:
    return (newest.bi or 0) > (before.bi or 0)


def _formula(newest: HalfMonth) -> str:
    return f"BI = 阳性容器 {number(newest.positive_containers)} ÷ 检查 {number(newest.households)}户 × 100"


def _boundary(boundary: str, limits: tuple[Decimal, Decimal, Decimal]) -> str:
    edges = "、".join(f"{limit:f}" for limit in limits)
    if boundary == UPPER_INCLUDED:
        return f"按广东口径，正好 {edges} 的算低一级。"
    return f"按重庆口径，正好 {edges} 的算高一级。"
