"""The four views as data: columns, words, and the ways in of an empty list."""

from __future__ import annotations

from desktop.foundation.clock import Clock
from desktop.pest_control.documents import AedesRow, DensityRow, StockRow, TreatmentRow, band_text, grade_text
from desktop.pest_control.field_work import DensityBook
from desktop.pest_control.stock import StockBook
from desktop.pest_control.ui import columns
from desktop.pest_control.ui.book_list import BookView
from desktop.widgets.chips import Chip
from desktop.widgets.empty import EmptyAction

TREATMENTS, STOCK, AEDES, DENSITY = "投药登记", "药品台账", "伊蚊监测", "密度监测"
_IMPORT = "先看后导，导错了可以整批撤销"


def treatment_view(clock: Clock) -> BookView:
    """Return the view 投药登记."""
    return BookView(
        key="treatments", name="投药记录", new_text="登记投药", columns=columns.treatment_columns(clock.today),
        title=lambda row: row.draft.place, chip=_pest_chip, facts=columns.treatment_facts, advice=lambda row: "",
        only_title="全部对象", empty_title="还没有投药记录",
        empty_text="投一次，登记一次。月报里的用药量、投药户数都从这里算。",
        actions=(
            EmptyAction("new", "bug", "登记一次投药", "写明点位、药品和数量", "登记投药", filled=True),
            EmptyAction("import", "download", "把以前的投药表导进来", _IMPORT, "导入投药"),
            EmptyAction(STOCK, "clipboard", "先登记领了多少药", "入库、领用记在药品台账", "药品台账"),
        ),
        notice="出告知书",
    )  # fmt: skip


def stock_view(clock: Clock, book: StockBook) -> BookView:
    """Return the view 药品台账."""

    def advice(row: StockRow) -> str:
        return book.advice(row.draft.agent, row.draft.ingredient, clock.today())

    return BookView(
        key="stock", name="药品台账", new_text="登记出入库", columns=columns.stock_columns(clock.today),
        title=lambda row: row.draft.agent, chip=lambda row: columns.verdict_chip(row.draft.movement),
        facts=columns.stock_facts, advice=advice, only_title="全部药品", empty_title="还没有出入库",
        empty_text="药来了记入库，拿走记领用。结存由程序算，领多了会提醒。",
        actions=(
            EmptyAction("new", "clipboard", "登记一笔入库或领用", "年初先记期初", "登记出入库", filled=True),
            EmptyAction("import", "download", "把以前的药品台账导进来", _IMPORT, "导入台账"),
            EmptyAction(TREATMENTS, "bug", "已经投下去的药", "记在投药登记，不动结存", "投药登记"),
        ),
    )  # fmt: skip


def aedes_view(clock: Clock) -> BookView:
    """Return the view 伊蚊监测."""
    return BookView(
        key="aedes", name="伊蚊监测", new_text="登记监测", columns=columns.aedes_columns(clock.today),
        title=lambda row: row.draft.place, chip=_band_chip, facts=columns.aedes_facts, advice=lambda row: "",
        only_title="全部容器", empty_title="还没有伊蚊监测",
        empty_text="查了多少户、几个容器有蚊幼虫，登记以后布雷图指数和等级由程序算。",
        actions=(
            EmptyAction("new", "search", "登记一次监测", "一次不少于100户", "登记监测", filled=True),
            EmptyAction("import", "download", "把以前的监测表导进来", _IMPORT, "导入监测"),
            EmptyAction(DENSITY, "chart", "鼠、蝇、蟑螂的密度", "记在密度监测", "密度监测"),
        ),
        notice="出防蚊提示",
    )  # fmt: skip


def density_view(clock: Clock, book: DensityBook) -> BookView:
    """Return the view 密度监测."""
    limits = book.indicators()

    def advice(row: DensityRow) -> str:
        known = limits.get(row.draft.indicator)
        if known is not None and row.too_few:
            return f"检查路径不足{known.least_checked}公里，单个阳性即超C级，只看指数，不分级。"
        return f"{known.note}。" if known is not None and known.note else ""

    return BookView(
        key="density", name="密度监测", new_text="登记监测", columns=columns.density_columns(clock.today),
        title=lambda row: row.draft.indicator, chip=_grade_chip, facts=columns.density_facts, advice=advice,
        only_title="全部指标", empty_title="还没有密度监测",
        empty_text="检查数和阳性数登记以后，密度和等级由程序按当时的国标算。",
        actions=(
            EmptyAction("new", "search", "登记一次监测", "鼠、蚊、蝇、蟑螂都可以", "登记监测", filled=True),
            EmptyAction("import", "download", "把以前的密度表导进来", _IMPORT, "导入监测"),
            EmptyAction(AEDES, "chart", "伊蚊布雷图指数", "记在伊蚊监测", "伊蚊监测"),
        ),
    )  # fmt: skip


def _pest_chip(row: TreatmentRow) -> Chip | None:
    return Chip(f"灭{row.draft.pest}", columns.PEST_KINDS.get(row.draft.pest, "grey"))


def _band_chip(row: AedesRow) -> Chip | None:
    return columns.verdict_chip(row.verdict, band_text(row)) if row.verdict else None


def _grade_chip(row: DensityRow) -> Chip | None:
    grade = grade_text(row)
    return None if grade == "—" else columns.verdict_chip(grade)
