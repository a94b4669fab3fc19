"""装盒: which year and what lies in the box; its label and catalogue are looked at and printed from here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.foundation.clock import Clock
from desktop.register.ui.draft_keeper import DraftKeeper
from desktop.register.ui.host import PageHost
from desktop.reports.box import (
    CATEGORIES,
    HANDED_IN,
    ISSUED,
    LONGEST_TITLE,
    LONGEST_WORD,
    TERMS,
    WIDTHS,
    BoxDraft,
    check_box,
)
from desktop.store.drafts import Drafts
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import TextField
from desktop.widgets.form import FormPage

_USUAL_WIDTH = 40


class BoxPage(FormPage):
    """Asks what a box holds; ``print_wanted`` carries the BoxDraft. What was typed is there again the next time."""

    print_wanted = Signal(object)

    def __init__(self, offered: Sequence[str], drafts: Drafts, host: PageHost, clock: Clock) -> None:
        super().__init__("装盒：档案盒脊背和卷内目录", save_text="预览打印", prints=True)
        self.setObjectName("box_page")
        self._offered = tuple(offered)
        self.add_section(
            "盒里装什么",
            [
                NumberField("year", "年度", required=True),
                (
                    TagsField(
                        "contents", "装哪些", self._offered, required=True,
                        open_list=False, placeholder="打字或按↓选台账",
                        hint="台账按现在的记录数页数；这一年没有记录的不列进目录",
                    ),
                    2,
                ),
            ],
            remark="＊ 为必填 · 回车到下一格 · Esc 收起并保留草稿",
        )  # fmt: skip
        self.add_section(
            "盒上写什么",
            [
                (TextField("title", "题名", required=True, limit=LONGEST_TITLE, hint="如：爱国卫生检查整改"), 2),
                ChoiceField("width", "盒子多宽", [(width, f"{width // 10}厘米") for width in WIDTHS], required=True),
                ChoiceField("category", "门类", CATEGORIES, editable=True),
                ChoiceField("term", "保管期限", TERMS, editable=True),
                TextField("number", "盒号", limit=LONGEST_WORD, hint="如：2-3"),
            ],
        )
        self.set_values(
            {
                "year": clock.today().year, "contents": [ISSUED, HANDED_IN], "width": _USUAL_WIDTH,
                "category": CATEGORIES[0], "term": TERMS[0],
            }
        )  # fmt: skip
        self.set_checker(lambda _values: check_box(self.draft(), self._offered, today=clock.today()))
        self._keeper = DraftKeeper(self, drafts, "box", host)
        self._keeper.bring_back()
        self.save_requested.connect(lambda: self.print_wanted.emit(self.draft()))

    def draft(self) -> BoxDraft:
        """Return what is typed."""
        values = self.values()
        year, contents, width = values["year"], values["contents"], values["width"]
        texts = {name: str(values[name] or "").strip() for name in ("title", "category", "term", "number")}
        return BoxDraft(
            year if isinstance(year, int) else None, texts["title"],
            tuple(str(one) for one in contents) if isinstance(contents, list | tuple) else (), texts["category"],
            texts["term"], texts["number"], width if isinstance(width, int) else None,
        )  # fmt: skip
