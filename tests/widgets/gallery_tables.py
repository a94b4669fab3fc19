"""Paints the tables, the typing grid, the trend and the busy overlay to PNG files, in three appearances.

Run: python tests/widgets/gallery_tables.py FOLDER
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.foundation.jobs import JobContext
from desktop.widgets.busy import Busy
from desktop.widgets.chips import CellStyle, Chip, ChipRow
from desktop.widgets.entry_grid import CellKind, EntryColumn, EntryGrid
from desktop.widgets.hits import LookupHit
from desktop.widgets.table import DataTable, PagedModel, TableColumn
from desktop.widgets.theme import Appearance, apply_theme, load_fonts
from desktop.widgets.trend import TrendChart, TrendSpec

LOOKS = {
    "normal": Appearance(),
    "large": Appearance(large=True),
    "contrast": Appearance(contrast=True),
}


@dataclass(frozen=True)
class Resident:
    id: int
    name: str
    sex_age: str
    address: str
    phone: str
    tags: tuple[tuple[str, str], ...]
    due: str
    status: str
    tone: str


BP, DM, OLD, ALONE = ("高血压", "blue"), ("糖尿病", "blue"), ("65岁以上", "purple"), ("独居", "purple")
_LINES = (
    ("吴淑珍", "女 72岁", "幸福里一区 2号楼1单元302", "138****4106", (BP, ALONE), "6月5日", "逾期12天", "danger"),
    ("赵德顺", "男 68岁", "幸福里一区 2号楼1单元401", "136****7725", (BP, DM), "6月9日", "逾期8天", "danger"),
    (
        "马桂芳",
        "女 81岁",
        "桂花苑 3号楼2单元101",
        "座机 ****3362",
        (("80岁以上", "purple"), BP),
        "6月12日",
        "逾期5天",
        "danger",
    ),
    ("周秀兰", "女 66岁", "幸福里二区 9号楼1单元502", "137****0918", (DM,), "今天", "问转诊", "warning"),
    ("郭志强", "男 59岁", "老邮电宿舍 1单元203", "139****5540", (DM,), "6月19日", "还有2天", "warning"),
    (
        "林美珠",
        "女 29岁",
        "桂花苑 1号楼1单元603",
        "150****2287",
        (("孕产妇", "purple"),),
        "6月24日",
        "还有7天",
        "secondary",
    ),
    ("何建平", "男 47岁", "幸福里二区 7号楼3单元201", "133****6471", (BP,), "7月3日", "还有16天", "secondary"),
    (
        "徐小雨",
        "女 3岁",
        "桂花苑 1号楼2单元302",
        "家长 151****8830",
        (("0-6岁儿童", "green"),),
        "7月10日",
        "接种",
        "secondary",
    ),
    ("孙福生", "男 75岁", "幸福里一区 5号楼2单元102", "135****1109", (OLD,), "年度体检", "未做", "secondary"),
    ("王素芝", "女 63岁", "幸福里二区 11号楼1单元404", "138****9052", (BP,), "8月2日", "还有46天", "secondary"),
    ("刘永红", "男 52岁", "幸福里一区 6号楼1单元601", "186****3714", (), "—", "", "secondary"),
    ("胡明霞", "女 38岁", "桂花苑 2号楼1单元503", "159****6620", (BP, DM, OLD, ALONE), "—", "", "secondary"),
)
RESIDENTS = {number: Resident(number, *_LINES[number % len(_LINES)]) for number in range(3862)}
COLUMNS = (
    TableColumn[Resident]("name", "姓名", lambda row: row.name, 80, style=lambda row: CellStyle(bold=True)),
    TableColumn[Resident]("sex_age", "性别年龄", lambda row: row.sex_age, 92),
    TableColumn[Resident](
        "address", "住址", lambda row: row.address, 0, second=lambda row: "、".join(tag for tag, _ in row.tags)
    ),
    TableColumn[Resident]("phone", "电话", lambda row: row.phone, 160, second_rank=True),
    TableColumn[Resident](
        "tags",
        "标签",
        lambda row: "",
        188,
        style=lambda row: CellStyle(chips=tuple(Chip(*tag) for tag in row.tags)),
        sortable=False,
        second_rank=True,
    ),
    TableColumn[Resident](
        "due",
        "下次随访",
        lambda row: row.due,
        157,
        style=lambda row: CellStyle(status=row.status, status_tone=row.tone),
    ),
)


def residents() -> QWidget:
    model = PagedModel[Resident](COLUMNS)
    table = DataTable(model, "居民名单")
    model.set_source(list(RESIDENTS), lambda ids: [RESIDENTS[number] for number in ids])
    table.select_id(0)
    table.resize(974, 540)
    return table


VERDICTS = (
    (17, "不能导入", "陈国华", "430***********1234", "第18位校验不对，请对照证件"),
    (43, "请留意", "杨晓东", "430***********0618", "没有号码也没写原因，记入待补"),
    (52, "请留意", "郑家驹", "(空)", "没有号码也没写原因，记入待补"),
    (88, "不能导入", "李桂英", "4.30122E+17", "表格把号码变成了数，后几位丢了，请设为文本重填"),
)


def _verdict(row: tuple[int, str, str, str, str]) -> CellStyle:
    return CellStyle(chips=(Chip(row[1], "red" if row[1] == "不能导入" else "amber", bold=True),))


def _tone(row: tuple[int, str, str, str, str]) -> str:
    return "danger" if row[1] == "不能导入" else "warning"


def import_preview() -> QWidget:
    columns = (
        TableColumn("line", "行号", lambda row: str(row[0]), 63, "right"),
        TableColumn("verdict", "结论", lambda row: "", 112, style=_verdict),
        TableColumn("name", "姓名", lambda row: row[2], 86),
        TableColumn(
            "number", "身份证号", lambda row: row[3], 186, style=lambda row: CellStyle(tone=_tone(row), mark=_tone(row))
        ),
        TableColumn("advice", "要怎么办", lambda row: row[4], 0, style=lambda row: CellStyle(tone=_tone(row))),
    )
    model = PagedModel(columns, row_id=lambda row: row[0])
    table = DataTable(model, "导入预览", dense=True)
    by_line = {row[0]: row for row in VERDICTS}
    model.set_source(list(by_line), lambda ids: [by_line[number] for number in ids])
    table.resize(974, 240)
    return table


def empty_list() -> QWidget:
    table = DataTable(PagedModel[Resident](COLUMNS), "居民名单")
    table.resize(974, 200)
    return table


def chip_row() -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(ChipRow([Chip("高血压", "blue"), Chip("65岁以上", "purple"), Chip("独居", "purple")]))
    kinds = ("blue", "purple", "green", "amber", "red", "grey")
    layout.addWidget(ChipRow([Chip("参考范围内", kind, bold=True) for kind in kinds]))
    page.resize(400, 140)
    return page


BANDS = {
    "ok": ("参考范围内", "green", ""),
    "high": ("高于参考范围", "amber", "warning"),
    "urgent": ("紧急转诊数值", "red", "danger"),
}
MEASURED = (
    ("赵德顺", "男 68岁", "幸福里一区 2号楼1单元401", "146", "88", "74", "ok", ""),
    ("孙福生", "男 75岁", "幸福里一区 5号楼2单元102", "138", "80", "70", "ok", ""),
    ("王素芝", "女 63岁", "幸福里二区 11号楼1单元404", "152", "94", "80", "high", "歇一会再测"),
    ("刘永红", "男 52岁", "幸福里一区 6号楼1单元601", "128", "78", "72", "ok", ""),
    ("高玉莲", "女 70岁", "桂花苑 3号楼1单元301", "184", "102", "88", "urgent", "头晕"),
)
HITS = [
    LookupHit(1, "吴淑珍", "幸福里一区 2号楼1单元302", "高血压 逾期12天", "女 72岁"),
    LookupHit(2, "吴水珠", "桂花苑 2号楼2单元201", "今年未测", "女 58岁"),
    LookupHit(3, "魏世泽", "幸福里二区 8号楼1单元302", "今年已测", "男 44岁"),
]


def measuring_grid() -> EntryGrid:
    return EntryGrid(
        (
            EntryColumn("name", "姓名", CellKind.LOOKUP, 110, search=lambda text: HITS, bold=True),
            EntryColumn("sex_age", "性别年龄", CellKind.SHOWN, 94),
            EntryColumn("address", "住址", CellKind.SHOWN, 0),
            EntryColumn("systolic", "收缩压", CellKind.NUMBER, 84, "right"),
            EntryColumn("diastolic", "舒张压", CellKind.NUMBER, 84, "right"),
            EntryColumn("pulse", "脉搏", CellKind.NUMBER, 70, "right"),
            EntryColumn("band", "提示", CellKind.SHOWN, 142),
            EntryColumn("note", "备注", CellKind.TEXT, 110),
        ),
        "血压测量",
        create_text="不在名单里，新建居民",
    )


def measuring() -> QWidget:
    grid = measuring_grid()
    for row, (name, sex_age, address, systolic, diastolic, pulse, band, note) in enumerate(MEASURED):
        texts = {"name": name, "sex_age": sex_age, "address": address, "systolic": systolic}
        grid.sheet.load(row, {**texts, "diastolic": diastolic, "pulse": pulse, "note": note})
        word, kind, tone = BANDS[band]
        reading = CellStyle(bold=bool(tone), tone=tone)
        band_style = CellStyle(chips=(Chip(word, kind, bold=True),))
        grid.sheet.set_styles(row, {"band": band_style, "systolic": reading, "diastolic": reading})
    grid.resize(1334, 448)
    return grid


def measuring_typed(grid: EntryGrid) -> None:
    grid.begin()
    editor = grid.findChild(QLineEdit, "cell_editor")
    editor.setFocus()
    editor.setText("wsz")
    QTest.qWait(60)


def measuring_faults() -> QWidget:
    grid = measuring()
    grid.sheet.type_text(5, "name", "吴淑真")
    grid.sheet.type_text(5, "systolic", "一五六")
    grid.sheet.set_problems(5, {**grid.sheet.own_problems(5), "diastolic": "还没有填舒张压"})
    return grid


def faults_shown(grid: EntryGrid) -> None:
    grid.setCurrentIndex(grid.sheet.index(5, 3))


def trends() -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(8)
    names = ("25年3月", "6月", "9月", "12月", "26年3月")
    upper = TrendSpec("收缩压", list(zip(names, (156, 152, 146, 150, 148), strict=True)), 150, "毫米汞柱", labels=False)
    lower = TrendSpec("舒张压", list(zip(names, (94, 90, 86, 88, 86), strict=True)), 90, "毫米汞柱", color_token="blue")
    single = TrendSpec("血糖", [("6月", Decimal("5.6"))], Decimal("7.0"), "毫摩尔每升")
    for spec in (upper, lower, single, TrendSpec("体重", [])):
        layout.addWidget(TrendChart(spec))
    page.resize(332, 420)
    return page


def working() -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(residents())
    page.resize(974, 400)
    return page


def working_begun(page: QWidget) -> None:
    busy = Busy(page)
    busy.begin("正在导入居民", JobContext())
    busy.progress(286, 1290)
    QTest.qWait(300)


PIECES = (
    (residents, None),
    (import_preview, None),
    (empty_list, None),
    (chip_row, None),
    (measuring, measuring_typed),
    (measuring_faults, faults_shown),
    (trends, None),
    (working, working_begun),
)


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication([])
    load_fonts()
    if extra := os.environ.get("JUWEI_SCREEN_FONT_DIR"):
        for font in sorted(Path(extra).rglob("*.ttf")):
            QFontDatabase.addApplicationFont(str(font))
    folder.mkdir(parents=True, exist_ok=True)
    for name, look in LOOKS.items():
        apply_theme(app, look)
        for piece, play in PIECES:
            host = QWidget()
            host.setProperty("role", "page")
            inner = piece()
            layout = QHBoxLayout(host)
            layout.setContentsMargins(16, 16, 16, 16)
            size = inner.size()
            layout.addWidget(inner)
            host.resize(size.width() + 32, size.height() + 32)
            host.show()
            host.activateWindow()
            app.processEvents()
            if play is not None:
                play(inner)
                app.processEvents()
            host.grab().save(str(folder / f"{piece.__name__}_{name}.png"))
            host.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
