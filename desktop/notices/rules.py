"""Templates as text with gaps: what is wrong with a template or with what was typed, and the text they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.foundation.days import parse_day, plain_day, why_no_day
from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, tidy

LONGEST_TITLE, LONGEST_LINE, MOST_LINES = 60, 3000, 200
_GAP = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^{}]+\}[^\[\]]*)\]")
_NUMBERED = re.compile(r"(！?)([一二三四五六七八九十]{1,3})、")
_SAME_DAY = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)至\1")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{15,19}[\dXx]?(?!\d)")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?")
MERGE_FIELDS = ("姓名", "称呼", "住址")
"""Gaps every wording may use: each copy for somebody fills them in; in a notice for all they stay empty."""
_DIGITS = "零一二三四五六七八九十"


class FieldKind(StrEnum):
    """How a gap is filled in."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"


class Layout(StrEnum):
    """How a notice is laid out; the value is shown."""

    OFFICIAL = "公文"
    RED_HEAD = "红头公文"
    POSTER = "海报"
    POSTER_A3 = "海报A3"
    LEAFLET = "入户单"


@dataclass(frozen=True)
class NoticeField:
    """One gap of a template; *default* may name {单位}, {电话}, {登录人} or {今天}."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    hint: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoticeText:
    """The wording of a template, which a committee may make its own: *body* one paragraph a line."""

    title: str
    addressee: str
    body: tuple[str, ...]

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield every line with what people call it."""
        yield "标题", self.title
        yield "主送", self.addressee
        for number, line in enumerate(self.body, start=1):
            yield f"正文第{number}行", line


@dataclass(frozen=True)
class Template:
    """One kind of notice: its wording, its gaps, and how its page looks.

    *slogans* stand in a poster's warning frame, the first two in red; *checks* names a list the text must meet.
    *each* says which gaps a copy for one resident fills by itself and how,
    *each_home* those of a copy for a household.
    """

    key: str
    name: str
    edition: str
    use: str
    icon: str
    layout: Layout
    text: NoticeText
    fields: tuple[NoticeField, ...]
    slogans: tuple[str, ...] = ()
    sign: str = ""
    checks: str = ""
    own: bool = False
    version: int = 0
    each: Mapping[str, str] = field(default_factory=dict)
    each_home: Mapping[str, str] = field(default_factory=dict)

    def field(self, name: str) -> NoticeField | None:
        """Return the gap called *name*."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True)
class Filled:
    """A notice with every gap filled, line by line."""

    title: str
    addressee: str
    body: tuple[str, ...] = field(repr=False)
    slogans: tuple[str, ...] = ()


def check_text(text: NoticeText, fields: Sequence[NoticeField]) -> list[Problem]:
    """Return what is wrong with a wording: every line with a brace too few, in the wrong shape, or an unknown gap."""
    problems: list[Problem] = []
    if not text.title.strip():
        problems.append(Problem("title", "required", "请写标题。"))
    if len(text.title) > LONGEST_TITLE:
        problems.append(Problem("title", "too_long", f"标题最多{LONGEST_TITLE}个字。"))
    if not any(line.strip() for line in text.body):
        problems.append(Problem("body", "required", "请写正文。"))
    if len(text.body) > MOST_LINES:
        problems.append(Problem("body", "too_long", f"正文最多{MOST_LINES}行。"))
    known = {*(one.name for one in fields), *MERGE_FIELDS}
    for place, (called, line) in enumerate(text.lines):
        name = ("title", "addressee")[place] if place < 2 else "body"
        problems += [Problem(name, code, f"{called}{message}") for code, message in _line_problems(line, known)]
    return problems


def _line_problems(line: str, known: set[str]) -> Iterator[tuple[str, str]]:
    if len(line) > LONGEST_LINE:
        yield "too_long", f"太长，最多{LONGEST_LINE}个字，请分成几行。"
    if "｛" in line or "｝" in line:
        yield "brace", "用了全角的｛ ｝，请改成半角的{ }。"
    if (loose := _loose_brace(line)) is not None:
        yield "brace", loose
    for name in _GAP.findall(line):
        if not name.strip():
            yield "field_unknown", "有一对空的{ }，请在里面写上要填的内容，或者删掉。"
        elif name not in known:
            offered = "、".join(sorted(known - set(MERGE_FIELDS)))
            yield (
                "field_unknown",
                f"写了{{{name}}}，这份模板里没有这一项。能用的有：{offered}；群发时还有：{'、'.join(MERGE_FIELDS)}。",
            )


def _loose_brace(line: str) -> str | None:
    """Return what is wrong with the braces of *line*: one without its partner."""
    opened: int | None = None
    for place, character in enumerate(line):
        if character == "{":
            if opened is not None:
                return f"的“{line[opened : opened + 8]}”少了右边的 }}。"
            opened = place
        elif character == "}":
            if opened is None:
                return f"的“{line[max(place - 7, 0) : place + 1]}”少了左边的 {{。"
            opened = None
    return None if opened is None else f"的“{line[opened : opened + 8]}”少了右边的 }}。"


def sound_values(template: Template, typed: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Return what goes into each gap, and every problem: missing, no day, no number, not among the choices.

    Days come out as 2026年6月17日. Names that are no gap of the template are problems too. Nothing that is posted may
    hold an identity or bank card number.
    """
    values: dict[str, str] = {}
    problems: list[Problem] = []
    days: dict[str, date] = {}
    for one in template.fields:
        raw = tidy(typed.get(one.name, ""))
        if not raw:
            values[one.name] = ""
            if one.required:
                problems.append(Problem(one.name, "required", f"请填“{one.name}”。"))
            continue
        value, problem = _sound(one, raw)
        values[one.name] = value
        if problem is not None:
            problems.append(problem)
        elif one.kind is FieldKind.DAY and (day := parse_day(raw)) is not None:
            days[one.name] = day
    problems += _unknown_names(template, typed)
    for name, day in days.items():
        if name.startswith("结束") and (begun := days.get(name.replace("结束", "开始", 1))) is not None and day < begun:
            problems.append(Problem(name, "period_invalid", f"“{name}”早于开始的日期，请核对。"))
    return values, problems


def _sound(one: NoticeField, raw: str) -> tuple[str, Problem | None]:
    """Return what goes into the gap *one* for what was typed, and what is wrong with it."""
    value, code, message = raw, "", ""
    day = parse_day(raw) if one.kind is FieldKind.DAY else None
    if _LONG_NUMBER.search(fold_width(raw).replace(" ", "")):
        code, message = "id_number", "里像是有身份证号或银行卡号，张贴的纸上不能写，请去掉。"
    elif one.kind is FieldKind.DAY:
        if day is None:
            code, message = "date_invalid", f"{why_no_day(raw)}。"
        value = plain_day(day) if day else raw
    elif one.kind is FieldKind.NUMBER:
        value = fold_width(raw).replace(" ", "")
        if not _NUMBER.fullmatch(value):
            code, message = "number_invalid", "请只填数字。"
    elif one.kind is FieldKind.CHOICE and raw not in one.choices:
        code, message = "choice_unknown", f"请从这些里选：{'、'.join(one.choices)}。"
    elif len(raw) > LONGEST_LINE:
        code, message = "too_long", f"太长，最多{LONGEST_LINE}个字。"
    return value, Problem(one.name, code, f"“{one.name}”{message}") if code else None


def _unknown_names(template: Template, typed: Mapping[str, str]) -> Iterator[Problem]:
    known = [one.name for one in template.fields]
    for name, value in typed.items():
        if value.strip() and name not in known:
            message = f"“{template.name}”里没有“{name}”这一项。能填的有：{'、'.join(known)}。"
            yield Problem(name, "field_unknown", message)


def fill(text: NoticeText, values: Mapping[str, str], slogans: Iterable[str] = ()) -> Filled:
    """Return *text* with its gaps filled in one pass, so that braces inside a value stay what they are.

    A part in square brackets is left out when its gap is empty, and so is a line whose own gaps are all empty.
    What is numbered 一、二、 is numbered anew, and from a day to the same day is that day. A value of several lines
    makes several paragraphs.
    """
    lines: list[str] = []
    for line in text.body:
        if (made := _filled_line(line, values)) is not None:
            lines += [part.strip() for part in made.split("\n") if part.strip()]
    shown = (_filled_line(line, values) for line in slogans)
    return Filled(
        _one_line(_filled_line(text.title, values) or ""),
        _one_line(_filled_line(text.addressee, values) or ""),
        tuple(_renumbered(lines)),
        tuple(_one_line(line) for line in shown if line),
    )


def filled_in(line: str, values: Mapping[str, str]) -> str:
    """Return one *line* with its gaps filled."""
    return _filled_line(line, values) or ""


def _filled_line(line: str, values: Mapping[str, str]) -> str | None:
    """Return *line* with its gaps filled; None if nothing is left of it, or if it stands or falls with empty gaps."""
    whole = _OPTIONAL.sub("", line)
    if _GAP.search(whole) and not any(values.get(name, "") for name in _GAP.findall(line)):
        return None
    kept = _OPTIONAL.sub(
        lambda found: found.group(1) if any(values.get(name) for name in _GAP.findall(found.group(1))) else "", line
    )
    made = _SAME_DAY.sub(r"\1", _GAP.sub(lambda found: values.get(found.group(1), ""), kept))
    return made if made.strip() or not line.strip() else None


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def _renumbered(lines: Iterable[str]) -> Iterator[str]:
    """Yield *lines* with 一、二、三、 running on where a line was left out."""
    number = 0
    for line in lines:
        if (found := _NUMBERED.match(line)) is not None:
            number = 1 if found.group(2) == "一" else number + 1
            yield f"{found.group(1)}{chinese_number(number)}、{line[found.end() :]}"
        else:
            yield line


def chinese_number(number: int) -> str:
    """Return 1 to 99 as 一, 十, 十二, 二十, 二十三."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def shown_gaps(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    """Return *values* with what is still missing written as 【开始日期】, for looking at a notice half filled in."""
    missing = {one.name: f"【{one.name}】" for one in template.fields if one.required and not values.get(one.name)}
    return {**values, **missing}
