"""notice: the list of templates, a notice written to a file, and one issued under its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.commands.call import call_of
from desktop.commands.speaking import complain, say
from desktop.foundation.days import parse_day
from desktop.foundation.errors import InputError, Problem, machine_faults
from desktop.foundation.jobs import JobContext

if TYPE_CHECKING:
    from desktop.notices.office import NoticeOffice
    from desktop.notices.views import NoticeDraft


def notice(
    context: typer.Context,
    template: Annotated[str, typer.Argument(metavar="模板", help="不写就列出全部模板")] = "",
    *,
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="内容=值", help="填一项，可写多次，如 开始日期=2026-06-15")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="文件", help="把通知存成PDF")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", metavar="文件", help="另存一份Word，供修改")] = None,
    layout: Annotated[str, typer.Option("--layout", metavar="版式", help="公文、红头公文、海报、海报A3、入户单")] = "",
    day: Annotated[str, typer.Option("--from", metavar="日期", help="从这一天的记录带出内容")] = "",
    mono: Annotated[bool, typer.Option("--mono", help="黑白打印")] = False,
    issue: Annotated[bool, typer.Option("--issue", help="正式发文：占一个编号，存进已发")] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="条件", help="群发：小区=…、标签=…、年龄=65-、对象=住户；不限写 全部；可写多次"),
    ] = None,
    unsealed: Annotated[bool, typer.Option("--unsealed", help="公文不盖章，落款照不盖章的排")] = False,
) -> None:
    """列出通知模板，或写一份通知；不加 --issue 只出草稿，不占编号。"""
    with call_of(context).signed_in() as bench:
        office = bench.notices
        if not template:
            for one in office.templates.all():
                names = (f"{field.name}{'' if field.required else '（可不填）'}" for field in one.fields)
                say(f"{one.name}（{one.layout.value}）：{'、'.join(names)}")
            return
        if pdf is None:
            raise InputError("请用 --pdf 写明存到哪个文件。")
        _look_for_folders(pdf, docx)
        draft = _written(office, template, given or [], layout=layout, day=day)
        draft = _addressed(replace(draft, mono=mono, sealed=not unsealed), to or [], laid_out=bool(layout))
        if problems := office.composing.problems(draft):
            raise InputError("\n".join(problem.message for problem in problems), problems=problems)
        word = office.composing.word(draft) if docx is not None else None
        for point in office.composing.points(draft):
            if not point.met:
                complain(f"请核对，告知书里像是缺少：{point.text}。")
        pages, said = _issued(office, draft) if issue else _drafted(office, draft)
    from desktop.store.files import write_atomically  # noqa: PLC0415

    with machine_faults("存成文件"):
        write_atomically(pdf, pages)
        if docx is not None and word is not None:
            write_atomically(docx, word)
    say(said)


def _issued(office: NoticeOffice, draft: NoticeDraft) -> tuple[bytes, str]:
    """Issue *draft* and return the kept pages and what to say."""
    row = office.composing.issue(draft) if draft.audience is None else office.mailing.issue(draft, JobContext())
    copies = "" if draft.audience is None else f"，{row.recipients}，共{row.copies:,}份"
    return office.issued.pdf(row.id), f"已发文：{row.number} {row.title}{copies}"


def _drafted(office: NoticeOffice, draft: NoticeDraft) -> tuple[bytes, str]:
    """Return the pages of *draft* without a number, and what to say."""
    if draft.audience is None:
        return office.composing.draft_pdf(draft), "草稿已存好，还没有编号。"
    pages = office.mailing.draft_pdf(draft, JobContext())
    count = office.mailing.recipients.count(draft.audience)
    return pages, f"草稿已存好，还没有编号：{draft.audience.sentence}，共{count:,}份。"


def _addressed(draft: NoticeDraft, to: Sequence[str], *, laid_out: bool) -> NoticeDraft:
    """Return *draft* for whom --to names; a poster becomes a slip for the door unless a layout was asked for."""
    from desktop.notices.rules import Layout  # noqa: PLC0415
    from desktop.register.audience import read_audience  # noqa: PLC0415

    if not to:
        return draft
    on_wall = draft.layout in {Layout.POSTER, Layout.POSTER_A3} and not laid_out
    return replace(draft, audience=read_audience(to), layout=Layout.LEAFLET if on_wall else draft.layout)


def _look_for_folders(*files: Path | None) -> None:
    """Raise EnvironmentFailure for a file whose folder is not there: a number must not be taken for nothing."""
    with machine_faults("存成文件"):
        for file in files:
            if file is not None and not file.absolute().parent.is_dir():
                raise FileNotFoundError


def _written(office: NoticeOffice, name: str, given: Sequence[str], *, layout: str, day: str) -> NoticeDraft:
    """Return the notice the options describe; raise InputError with everything that is wrong with them."""
    from desktop.notices.rules import Layout  # noqa: PLC0415

    key = office.templates.named(name).key
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for text in given:
        field, sign, value = text.partition("=")
        if sign:
            values[field.strip()] = value
        else:
            problems.append(Problem("set", "choice_unknown", f"--set 请写成 内容=值，不是“{text}”。"))
    if layout and layout not in set(Layout):
        problems.append(Problem("layout", "choice_unknown", f"没有版式“{layout}”。有的是：{'、'.join(Layout)}。"))
    asked = parse_day(day)
    if day and asked is None:
        problems.append(Problem("from", "date_invalid", "--from 的日期看不懂，请写成 2026-06-17 这样。"))
    if problems:
        raise InputError("\n".join(problem.message for problem in problems), problems=problems)
    occasion = None
    if asked is not None:
        found = office.composing.occasions(asked, asked, key)
        if not found:
            raise InputError(f"{day} 没有可以带出内容的记录。")
        occasion = found[0]
    draft = office.composing.begin(key, occasion)
    return replace(draft, values={**draft.values, **values}, layout=Layout(layout) if layout else draft.layout)
