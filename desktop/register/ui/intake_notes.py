"""The sentences of the import page: what will happen, what has happened. No Qt."""

from __future__ import annotations

from collections.abc import Collection

from desktop.register.rules import guess_category
from desktop.register.ui.intake_reading import Judged
from desktop.spreadsheets.judging import Verdict
from desktop.spreadsheets.mapping import normalise_heading

_NAMED_AT_MOST = 3
_ASKED_AT_MOST = 12
_UPDATED = {"residents": "已有的人", "places": "已有的点位"}


def note_on(judged: Judged, learned: Collection[str]) -> str:
    """Return the line below the rows: nothing is written, what will be created, how headings were understood."""
    preview = judged.preview
    sheet = preview.sheet
    parts = ["还没有写入任何内容。"]
    if len(sheet.sheet_names) > 1:
        parts.append(f"这个文件有{len(sheet.sheet_names)}张工作表，看的是“{sheet.sheet_name}”。")
    if preview.plan.new_places:
        names, more = _listed(preview.plan.new_places)
        parts.append(f"小区{names}{more}底册里没有，会一起建好。")
    if joined := _joined(judged, learned):
        parts.append(joined)
    if unknown := [" ".join(heading.split()) for _, heading in sheet.columns.unknown]:
        names, more = _listed(unknown)
        parts.append(f"{names}{more}不导入。")
    if judged.stored_already:
        parts.append(f"有{judged.stored_already:,}行早已存过，不再存。")
    sums = [note.message for note in sheet.warnings if note.code == "sum_mismatch"]
    return "".join((*parts, *(f"{sentence}。" for sentence in sums)))


def update_text(judged: Judged) -> str:
    """Return the offer to overwrite what is stored with what the sheet says."""
    what = _UPDATED.get(judged.preview.sheet.spec.kind, "已有的")
    return f"{what}，用表里的新内容更新（{judged.updatable:,}行）"


def places_question(names: Collection[str]) -> str:
    """Return what would be created, each place with the category its name speaks for."""
    lines = [f"{name}（{guess_category(name)}）" for name in list(names)[:_ASKED_AT_MOST]]
    more = f"……共{len(names)}个" if len(names) > _ASKED_AT_MOST else ""
    return f"底册里没有这些点位，一步建好，可以撤销：\n{'、'.join(lines)}{more}。\n类别不对的，以后在“辖区底册”里改。"


def result_texts(judged: Judged, verdict: Verdict) -> tuple[str, str]:
    """Return title and sentence of what an import did."""
    title = judged.preview.sheet.spec.title
    if verdict.batch is None:
        return "没有新内容要存", f"表里的{verdict.accepted:,}行{title}早已存过，内容一样，没有再存一遍。"
    stored = verdict.accepted - judged.stored_already
    updated = judged.preview.plan.updates
    parts = [f"新存 {stored - updated:,}行" if 0 < updated < stored else ""]
    parts.append(f"更新 {updated:,}行" if updated else "")
    parts.append(f"{judged.stored_already:,}行早已存过，没有再存" if judged.stored_already else "")
    places = judged.preview.plan.new_places
    parts.append(f"新建小区 {len(places)}个" if places else "")
    said = "，".join(part for part in parts if part)
    return f"已导入{title} {stored:,}行", f"{said}。" if said else "都存好了，列表里已经能看到。"


def _joined(judged: Judged, learned: Collection[str]) -> str:
    """Say which headings were read under another name; those joined by hand come first."""
    sheet = judged.preview.sheet
    others = [
        (found.heading, sheet.spec.column(key).heading)
        for key, found in sheet.columns.columns.items()
        if normalise_heading(found.heading) != normalise_heading(sheet.spec.column(key).heading)
    ]
    others.sort(key=lambda pair: pair[0] not in learned)
    if not others:
        return ""
    pairs = "、".join(f"“{' '.join(theirs.split())}”认作“{ours}”" for theirs, ours in others[:_NAMED_AT_MOST])
    more = f"等{len(others)}列" if len(others) > _NAMED_AT_MOST else ""
    return f"{pairs}{more}{'，下次记住' if learned else ''}。"


def _listed(names: Collection[str]) -> tuple[str, str]:
    """Return the first names in quotes, and 等5个 if there are more."""
    shown = "".join(f"“{name}”" for name in list(names)[:_NAMED_AT_MOST])
    return shown, f"等{len(names)}个" if len(names) > _NAMED_AT_MOST else ""
