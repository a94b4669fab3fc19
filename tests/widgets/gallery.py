"""Draws the kit's pieces to pictures: python tests/widgets/gallery.py FOLDER. For looking, not for checking."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.foundation.errors import InputError, Problem
from desktop.widgets.buttons import (
    HeadButton,
    IconButton,
    LinkButton,
    PrimaryButton,
    RowButton,
    SecondaryButton,
    ToggleButton,
)
from desktop.widgets.crash import CrashDialog
from desktop.widgets.dialogs import ask, choose_file, load_translations, show_error
from desktop.widgets.drawings import DRAWINGS
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.lineedit import SearchEdit
from desktop.widgets.fields.lookup import LookupField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.form import FormPage
from desktop.widgets.hits import LookupHit
from desktop.widgets.icons import icon
from desktop.widgets.panel import (
    Banner,
    Card,
    EmptyAction,
    EmptyState,
    Fact,
    FactList,
    SidePanel,
    StatTile,
    StepTrail,
)
from desktop.widgets.roles import IconLabel, chip, label, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.theme import Appearance, apply_theme, load_fonts
from desktop.widgets.undobar import UndoBar

PEOPLE = [
    LookupHit(1, "吴淑珍", "幸福里一区 2号楼1单元302", "高血压 逾期12天", "女 72岁"),
    LookupHit(2, "吴水珠", "桂花苑 2号楼2单元201", "今年未测", "女 58岁"),
    LookupHit(3, "魏世泽", "幸福里二区 8号楼1单元302", "今年已测", "男 44岁"),
]
APPEARANCES = {
    "normal": Appearance(),
    "large": Appearance(large=True),
    "contrast": Appearance(contrast=True),
}


def page(*, margins: int = 16) -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    made.setProperty("role", "page")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(12)
    return made, layout


def form_errors() -> QWidget:
    form = FormPage("登记投药")
    form.show_draft_kept("10:42")
    day = DayField("day", "日期", required=True, today=lambda: date(2026, 6, 17))
    target = ChoiceField("target", "防制对象", ["鼠", "蚊", "蝇", "蟑螂"], required=True)
    way = ChoiceField("way", "投药方式", ["毒饵站", "喷洒"], editable=True)
    place = TextField("place", "点位", required=True, hint="登记后，毒饵站巡查逾期2天一项会自动消掉")
    agent = ChoiceField(
        "agent",
        "药品",
        ["溴敌隆0.005%饵剂 100克/袋 批号260215"],
        required=True,
        hint="6月17日结存 8袋 · 有效期至 2028年2月",
    )
    packs = NumberField("packs", "数量", unit="袋", required=True)
    person = LookupField("person", "操作人", lambda _text: PEOPLE, required=True)
    points = NumberField("points", "点数", hint="每个约 20克，42个约需 9袋")
    rats = NumberField("rats", "死鼠只数")
    tags = TagsField("tags", "人群标签", ["高血压", "糖尿病", "独居"])
    note = MultilineField("note", "备注")
    form.add_section(
        "投药情况",
        [day, target, way, place, agent, packs, person, points, rats],
        remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
    )
    form.add_section("", [(note, 2), tags], joined=True)
    form.set_values(
        {
            "day": date(2026, 6, 18),
            "target": "鼠",
            "way": "毒饵站",
            "place": "幸福里二区 7–11号楼 毒饵站",
            "agent": "溴敌隆0.005%饵剂 100克/袋 批号260215",
            "packs": 10,
            "points": 42,
            "rats": 0,
            "tags": ["高血压", "独居"],
            "note": "雨后补投，10号楼地下室 3个站被挪动，已放回。",
        }
    )
    form.show_problems(
        [
            Problem("day", "date_future", "明天还没到，投药只登记已经做的。"),
            Problem("packs", "stock_negative", "6月17日只剩 8袋，这里写了 10袋。\n请改数量，或先补登入库。"),
            Problem("person", "required", "请选操作人，可打姓名首字母（dwb）。"),
        ]
    )
    return form


def lookup_open() -> QWidget:
    made, layout = page()
    card = Card("找人")
    field = LookupField("who", "姓名", lambda _text: PEOPLE, create_text="不在名单里，新建居民")
    field.setMaximumWidth(420)
    card.body.addWidget(field)
    choice = ChoiceField("kind", "类别", ["环境卫生", "消防安全", "楼道安全"])
    choice.setMaximumWidth(420)
    card.body.addWidget(choice)
    layout.addWidget(card)
    layout.addStretch(1)
    made.after = lambda: (field.focus_editor(), field.editor.setText("wsz"), field._run())  # type: ignore[attr-defined]
    return made


def panel() -> QWidget:
    made, layout = page()
    side = SidePanel()
    side.set_heading("吴淑珍", "女 72岁")
    side.add(row(chip("高血压", "blue"), chip("65岁以上", "purple"), chip("独居", "purple"), 0, spacing=6))
    side.add(Banner("danger", "随访应在6月5日前，逾期12天", icon_name="clock"))
    facts = [
        Fact("住址", "幸福里一区 2号楼1单元302"),
        Fact("电话", "138****4106", "显示", "phone", "eye"),
        Fact("联系人", "女儿 吴晓岚 139****2210"),
        Fact("上次随访", "3月6日 上门，按时服药"),
    ]
    side.add(FactList(facts))
    side.set_buttons(
        PrimaryButton("登记随访", "heart"), SecondaryButton("修改", "pencil"), SecondaryButton("打印档案", "print")
    )
    bar = row(spacing=8)
    segmented = Segmented([("homes", "居民住户"), ("health", "健康服务")], accessible_name="看什么")
    search = SearchEdit("姓名或首字母、住址、电话")
    search.setMinimumWidth(290)
    combo = QComboBox()
    combo.addItems(["全部小区", "桂花苑"])
    for part in (segmented, search, combo, ToggleButton("只看逾期", 3)):
        bar.addWidget(part)
    bar.addStretch(1)
    bar.addWidget(SecondaryButton("打印名单", "print"))
    bar.addWidget(PrimaryButton("新建档案", "plus"))
    tabs = QTabBar()
    tabs.setExpanding(False)
    for name, text in (
        ("check-circle", "今日"),
        ("calendar", "活动日历"),
        ("heart", "居民健康档案"),
        ("chart", "台账报表"),
    ):
        tabs.addTab(icon(name, "accent_deep"), text)
    tabs.setCurrentIndex(2)
    layout.addWidget(tabs)
    layout.addLayout(bar)
    body = QHBoxLayout()
    left = Card("别的按钮")
    toggled = ToggleButton("只看逾期", 3)
    toggled.setChecked(True)
    off = PrimaryButton("导入 290行", "download")
    off.setEnabled(False)
    box = QCheckBox("已有的人，用表里的新内容更新（1行）")
    box.setChecked(True)
    left.body.addLayout(
        row(RowButton("打印空表"), RowButton("登记转诊", filled=True), LinkButton("显示", "eye"), toggled, 0)
    )
    left.body.addLayout(row(IconButton("gear", "设置"), off, HeadButton("大字"), 0))
    left.body.addWidget(box)
    left.body.addWidget(Banner("warning", "提前3天提醒", detail="请看一看。"))
    left.body.addWidget(Banner("good", "备份完成并已核对"))
    left.body.addLayout(
        row(*(chip(kind, kind, strong=True) for kind in ("blue", "purple", "green", "amber", "red", "grey")), 0)
    )
    left.body.addStretch(1)
    body.addWidget(left, 1)
    body.addWidget(side)
    layout.addLayout(body, 1)
    return made


def importing() -> QWidget:
    made, layout = page()
    trail = StepTrail(["选文件", "对上列名", "看每一行", "导入"])
    trail.set_current(2)
    layout.addLayout(
        row(IconButton("chevron-left", "返回"), label("导入居民  桂花苑住户登记表.xlsx", "title"), 0, trail)
    )
    tiles = row(spacing=10)
    for count, text, kind, on in (
        (286, "可以导入", "green", False),
        (4, "可以导入，请留意", "amber", True),
        (6, "不能导入，要改", "red", True),
        (5, "跳过：空行、合计、说明", "grey", False),
    ):
        tile = StatTile(text, "行", kind)
        tile.set_count(count)
        tile.setChecked(on)
        tiles.addWidget(tile)
    layout.addLayout(tiles)
    layout.addWidget(
        Banner(
            "danger",
            "5号 高玉莲 184/102：血压读数达到规范所列紧急转诊数值",
            detail="请立即联系社区卫生服务中心或拨打120。这只是提示，不是诊断。",
            button="登记转诊",
            filled=True,
        )
    )
    layout.addWidget(
        Banner(
            "info",
            "恢复码：请打印后封存，主任和书记各签名",
            detail="大家都忘了密码时，只有它能打开资料。程序不另存，丢了无法补。",
            button="打印恢复码",
            icon_name="lock",
        )
    )
    icons = Card("图标")
    grid = QGridLayout()
    for number, name in enumerate(DRAWINGS):
        grid.addWidget(IconLabel(name, 24, "accent"), number // 22, number % 22)
    icons.body.addLayout(grid)
    layout.addWidget(icons)
    layout.addStretch(1)
    bar = UndoBar(made)
    made.after = lambda: bar.offer("已删除 1 份档案", lambda: None)  # type: ignore[attr-defined]
    return made


def empty() -> QWidget:
    made, layout = page()
    card = Card()
    card.body.addWidget(
        EmptyState(
            "clipboard",
            "还没有检查记录",
            "按要求，本月该做环境卫生检查 8次、安全大检查 1次。做一次，登记一次，台账和月报自己出来。",
            [
                EmptyAction(
                    "new", "clipboard", "登记第一次检查", "选点位，逐项打分，有问题就拍照", "登记检查", filled=True
                ),
                EmptyAction("print", "print", "先打印空表，带去现场", "回来照着填，项目和表上一样", "打印空表"),
                EmptyAction(
                    "import", "download", "把以前的Excel记录导进来", "2026年以前的也可以，先看后导", "导入检查"
                ),
            ],
            remark="已有 23个点位可选。点位不全？在右上角齿轮里的“辖区底册”补。",
        )
    )
    layout.addWidget(card)
    return made


def login() -> QWidget:
    made, layout = page()
    card = Card()
    card.setFixedWidth(520)
    card.body.setContentsMargins(34, 28, 34, 20)
    password = PasswordField("password", "密码")
    password.set_value("12345678")
    password._caps_on = True
    password._show_caps()
    card.body.addLayout(row(IconLabel("home", 32, "accent"), label("居委工作台", "brand"), 0))
    card.body.addWidget(label("幸福里社区居委会", "display"))
    card.body.addWidget(password)
    card.body.addWidget(PrimaryButton("登录"))
    card.body.addLayout(row(LinkButton("忘了密码"), 0, LinkButton("大字")))
    layout.addStretch(1)
    layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    made.after = password.focus_editor  # type: ignore[attr-defined]
    return made


def calendar() -> QWidget:
    field = DayField("day", "日期", today=lambda: date(2026, 6, 17))
    field.show()
    field.open_calendar()
    popup, _ = field._calendar_popup()
    popup.keep = field  # type: ignore[attr-defined]
    return popup


PAGES: dict[str, Callable[[], QWidget]] = {
    "form_errors": form_errors,
    "lookup": lookup_open,
    "panel": panel,
    "importing": importing,
    "empty": empty,
    "login": login,
}
DIALOGS: dict[str, Callable[[], QWidget]] = {
    "error": lambda: show_error(
        None, "保存检查", InputError("3月12日只剩 8 袋，这里写了 10 袋。请改数量，或先补登入库。")
    ),
    "question": lambda: ask(None, "换一个U盘吗", "这个U盘空间不够。", "换一个", "先不换", lambda _yes: None),
    "file": lambda: choose_file(None, "选居民表", lambda _path: None, patterns=["表格 (*.xlsx *.xls *.csv)"]),
    "crash": lambda: CrashDialog("居委工作台 0.1.0\nKeyError\n  form.py:12 _save"),
    "calendar": calendar,
}


def draw(folder: Path, size: tuple[int, int] = (1366, 664)) -> list[Path]:
    """Draw every page in every appearance; return the pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    load_fonts()
    load_translations(app)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for look, appearance in APPEARANCES.items():
        apply_theme(app, appearance)
        for name, make in (*PAGES.items(), *DIALOGS.items()):
            widget = make()
            if name in PAGES:
                widget.resize(*size)
            widget.show()
            app.processEvents()
            if (after := getattr(widget, "after", None)) is not None:
                after()
            app.processEvents()
            target = folder / f"{name}_{look}.png"
            assert widget.grab().save(str(target))
            drawn.append(target)
            widget.close()
    return drawn


if __name__ == "__main__":
    for picture in draw(
        Path(sys.argv[1]), tuple(map(int, sys.argv[2].split("x"))) if len(sys.argv) > 2 else (1366, 664)
    ):
        sys.stdout.write(f"{picture}\n")
