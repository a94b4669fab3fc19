"""The standard templates as data: all the kinds an office needs, each sound, each fitting its page."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop.notices.documents import composed
from desktop.notices.rules import FieldKind, Layout, check_text, fill, shown_gaps, sound_values
from desktop.notices.shipped import ENDING, ON_THE_PAGE, shipped_templates
from desktop.printing.preview import page_count
from desktop.printing.render import render_notice
from desktop.printing.text import missing_characters
from desktop.widgets.drawings import DRAWINGS

TEMPLATES = shipped_templates()
KINDS = (
    "停水停电停气", "灭鼠投药", "体检", "血压", "接种", "大扫除", "活动", "志愿者", "低保", "财务", "防汛", "消防",
    "整改通知书", "征求意见", "登革热",
)  # fmt: skip
each = pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)


def test_every_kind_an_office_needs_is_there_once():
    names = [template.name for template in TEMPLATES]
    assert all(any(kind in name for name in names) for kind in KINDS)
    assert names[0] == "灭鼠投药告知书"
    assert len({template.key for template in TEMPLATES}) == len(set(names)) == len(TEMPLATES) >= 15


@each
def test_a_template_is_sound_and_uses_every_gap(template):
    assert check_text(template.text, template.fields) == []
    names = [one.name for one in template.fields]
    assert len(set(names)) == len(names)
    assert template.fields[-4:] == ENDING
    assert template.icon in DRAWINGS
    used = set(re.findall(r"\{(.*?)\}", "".join((template.text.title, template.text.addressee, *template.text.body))))
    assert set(names) - used <= ON_THE_PAGE
    assert all(one.choices for one in template.fields if one.kind is FieldKind.CHOICE)


@each
def test_an_empty_form_still_prints_on_one_page_with_every_missing_thing_named(template, text_of):
    values, _ = sound_values(template, {})
    filled = fill(template.text, shown_gaps(template, values), template.slogans)
    day = date(2026, 6, 17)
    notice = composed(template, filled, values, layout=template.layout, number="〔2026〕　号", draft=True, today=day)
    pdf = render_notice(notice)
    assert page_count(pdf) <= (2 if template.layout is Layout.OFFICIAL else 1)
    assert "草稿" in text_of(pdf)
    assert missing_characters([filled.title, *filled.body, *filled.slogans]) == []
    named = {one.name for one in template.fields if one.required} - {one.name for one in ENDING} - ON_THE_PAGE
    assert all(f"【{name}】" in text_of(pdf) for name in named)
