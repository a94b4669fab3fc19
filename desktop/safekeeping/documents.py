"""The page that lies beside the stick: what to do once the computer is broken. Declared only."""

from __future__ import annotations

from datetime import date

from desktop.foundation.days import plain_day
from desktop.printing.document import Fields, Paragraph, Sheet, Subheading

_STEPS = (
    ("先别慌", "资料在备份里。坏了的电脑不要格式化、不要重装，先放着。"),
    ("找一台电脑", "Windows 10、11，或统信、麒麟的电脑。装上居委工作台（安装包最好和备份放在同一个U盘里）。"),
    (
        "插上放备份的U盘，打开程序",
        "第一次打开会问是哪个居委会，不用填，点下面的“从备份恢复”。列表里选日期最近、核对一栏写着“做时已核对”的那一份。",
    ),
    (
        "输入密码",
        "用做备份那天的密码，谁的都行。都忘了，请主任拆开恢复码的信封，选“用恢复码”，照着纸输入8组数字，再给主任设一个新密码。",
    ),
    ("先比较，再恢复", "程序会核对这份备份，再写明里面有多少。按“恢复这一份”，等它说数字和备份那天一样。"),
    ("登录看看", "看看居民、随访、台账对不对。对了，在窗口上面点“资料没问题”，马上再备份一次。"),
    ("补上后来的", "备份以后录的要照纸质记录补。修电脑的人要开机，请先和社区、街道说一声：里面有居民的资料。"),
)


def broken_computer_sheet(committee: str, today: date) -> Sheet:
    """Return the page 电脑坏了怎么办, with lines for where stick and envelope are kept."""
    fields = Fields(
        (
            ("单位", committee), ("打印日期", plain_day(today)), ("备份U盘放在", ""), ("恢复码信封放在", ""),
            ("主任电话", ""), ("维护人员电话", ""),
        )
    )  # fmt: skip
    blocks = [fields]
    steps = [
        block
        for number, (title, text) in enumerate(_STEPS, start=1)
        for block in (Subheading(f"{number}. {title}"), Paragraph(text))
    ]
    return Sheet("电脑坏了怎么办", (*blocks, *steps))
