"""The page that lies beside the stick: what to do once the computer is broken. Declared only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.foundation.clock import CHINA
from desktop.foundation.days import plain_day
from desktop.printing.document import Block, Fields, Paragraph, Sheet, Subheading
from desktop.safekeeping.kit import Kit

TITLE = "电脑坏了怎么办"
Step = tuple[str, str]


def broken_computer_sheet(committee: str, today: date, kit: Kit | None = None) -> Sheet:
    """Return the page 电脑坏了怎么办, with lines for where stick and envelope are kept.

    With *kit* its steps are those for exactly that stick.
    """
    on_it: list[Block] = [Fields(tuple(_contents(kit)), columns=1)] if kit else []
    fields = Fields(
        (
            ("单位", committee), ("打印日期", plain_day(today)), ("备份U盘放在", ""), ("恢复码信封放在", ""),
            ("主任电话", ""), ("维护人员电话", ""),
        )
    )  # fmt: skip
    steps = [
        block
        for number, (title, text) in enumerate(steps_for(kit), start=1)
        for block in (Subheading(f"{number}. {title}"), Paragraph(text))
    ]
    return Sheet(TITLE, (fields, *on_it, *steps))


def steps_for(kit: Kit | None) -> tuple[Step, ...]:
    """Return title and text of each step."""
    return (
        ("先别慌", "资料在备份里。坏了的电脑不要格式化、不要重装，先放着。"),
        _install(kit),
        ("打开程序，从备份恢复", f"第一次打开会问是哪个居委会，不用填，点下面的“从备份恢复”。{_which(kit)}"),
        (
            "输入密码",
            "用做备份那天的密码，谁的都行。都忘了，请主任拆开恢复码的信封，选“用恢复码”，照着纸输入8组数字，再给主任设一个新密码。",
        ),
        ("先比较，再恢复", "程序会核对这份备份，再写明里面有多少。按“恢复这一份”，等它说数字和备份那天一样。"),
        ("登录看看", "看看居民、随访、台账对不对。对了，在窗口上面点“资料没问题”，马上再备份一次。"),
        ("补上后来的", "备份以后录的要照纸质记录补。修电脑的人要开机，请先和社区、街道说一声：里面有居民的资料。"),
    )


def _contents(kit: Kit) -> Iterator[tuple[str, str]]:
    yield "这个U盘", f"{kit.stick}，{_moment(kit)}做" if kit.stick else f"{_moment(kit)}做"
    yield "里面的备份", f"{kit.backup}（{kit.holds}）"
    yield "里面的安装包", kit.installer or "没有，要另外找"


def _install(kit: Kit | None) -> Step:
    if kit is None:
        return (
            "找一台电脑，装上程序",
            "Windows 10、11，或统信、麒麟的电脑。装上居委工作台（安装包最好和备份放在同一个U盘里）。",
        )
    if not kit.installer:
        return (
            "找一台电脑，装上程序",
            f"这个U盘里没有安装包。请向街道、维护人员或别的居委会要居委工作台 {kit.program} 版或更新的安装包，先装上。",
        )
    return (
        f"找一台 {kit.systems} 的电脑，装上程序",
        f"插上这个U盘，打开“{_folder(kit)}”文件夹，{kit.start}。不用联网。",
    )


def _which(kit: Kit | None) -> str:
    if kit is None:
        return "列表里选日期最近、核对一栏写着“做时已核对”的那一份。"
    found = "" if not kit.deep else f"列表里没有的，按“选别的文件夹”，选“{kit.deep}”。"
    return f"列表里选 {_moment(kit)} 的那一份，后来又备份过的选更近的；核对一栏要写着“做时已核对”。{found}"


def _folder(kit: Kit) -> str:
    return f"{kit.deep}/{kit.folder}" if kit.deep else kit.folder


def _moment(kit: Kit) -> str:
    local = kit.backed_up_at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
