"""Sets the page with the recovery code: one sheet, folded once with the digits inside, sealed in an envelope."""

from __future__ import annotations

from desktop.foundation.days import plain_day
from desktop.printing.document import RecoverySheet
from desktop.printing.fonts import Role
from desktop.printing.frame import A4
from desktop.printing.lines import break_lines
from desktop.printing.paper import MM, Colour, Paper
from desktop.printing.text import typeface

LEFT, WIDTH = 25.0, 160.0
RIGHT, MIDDLE = LEFT + WIDTH, LEFT + WIDTH / 2
CODE_TOP, CODE_WIDTH, CODE_HEIGHT = 70.2, 40.0, 26.0
ADVICE = (
    (
        "什么时候用",
        ("密码忘了，或者主任离职没有交接，打不开程序。", "电脑坏了，在新电脑上用备份恢复资料。"),
    ),
    (
        "怎么用",
        (
            "在登录窗口点“用恢复码打开”，按顺序输入8组数字。",
            "打开后马上设新密码。旧恢复码随即作废，程序会再打印一张新的。",
        ),
    ),
    (
        "怎么保管",
        (
            "对折，有数字的一面朝里，装进不透光的信封，封口处盖章、两人签字。",
            "放进带锁的柜子，不与备份U盘放在一起。每半年检查一次封口。",
            "打印机要是留有“最近文件”，请删掉；印坏的纸撕碎。",
        ),
    ),
)
REGISTER_WIDTHS = (32.0, 48.0, 44.0, 36.0)
REGISTER = (
    ("封存日期", "封存人（两人）", "存放地点", "保管人"),
    ("拆封日期", "拆封人（两人）", "拆封原因", "重新封存"),
)


def recovery_pdf(sheet: RecoverySheet) -> bytes:
    """Return the recovery page as PDF."""
    # Metadata name neither the code nor its number.
    paper = Paper(*A4, title="恢复码", author=sheet.committee)
    _draw_head(paper, sheet)
    _draw_code(paper, sheet.groups)
    _draw_advice(paper)
    _draw_fold(paper)
    _draw_register(paper)
    foot = {"colour": Colour.GREY}
    paper.text(
        LEFT,
        289.5,
        f"恢复码编号　{sheet.number}（编号不是密码，可登记在交接簿上）",
        Role.SONG,
        8,
        colour=foot["colour"],
    )
    paper.text(RIGHT, 289.5, "只打印这一份，程序不保存文件", Role.SONG, 8, align="right", colour=foot["colour"])
    paper.end_page()
    return paper.pdf()


def _draw_head(paper: Paper, sheet: RecoverySheet) -> None:
    """Draw the title, whose code it is, and the warning."""
    paper.text(MIDDLE, 23.8, "恢复码", Role.TITLE, 32, align="center", tracking=10)
    song = typeface(Role.SONG)
    line = song.printable(f"居委工作台　{sheet.committee}　{plain_day(sheet.made_on)}生成")
    size = min(11.0, 11.0 * WIDTH * MM / max(song.width(line, 11.0), 1.0))
    paper.text(MIDDLE, 37.0, line, Role.SONG, size, align="center")
    paper.frame(LEFT, 46.0, WIDTH, 17.0, 1.6, colour=Colour.RED)
    warning = "有了它，不用密码也能打开全部居民资料。"
    paper.text(MIDDLE, 51.4, warning, Role.HEIB, 15, align="center", colour=Colour.RED)
    paper.text(MIDDLE, 58.1, "不拍照，不录入电脑，不发微信。马上装进信封，封口盖章。", Role.HEI, 12.5, align="center")


def _draw_code(paper: Paper, groups: tuple[str, ...]) -> None:
    """Draw the eight groups in two rows of four."""
    for row in range(2):
        for column in range(4):
            x, y = LEFT + CODE_WIDTH * column, CODE_TOP + CODE_HEIGHT * row
            number = 4 * row + column
            paper.frame(x, y, CODE_WIDTH, CODE_HEIGHT, 0.9)
            paper.text(x + 3.0, y + 4.1, f"第{number + 1}组", Role.SONG, 9, colour=Colour.GREY)
            paper.text(x + CODE_WIDTH / 2, y + 15.2, groups[number], Role.HEIB, 31, align="center", tracking=2.2)
    note = "共8组，每组5个数字。每组末位是校验数字，输错时程序会指出是第几组。"
    paper.text(LEFT, CODE_TOP + 2 * CODE_HEIGHT + 3.6, note, Role.SONG, 9.5)


def _draw_advice(paper: Paper) -> None:
    """Draw when, how and where: numbered sentences under three heads."""
    song = typeface(Role.SONG)
    y = 136.0
    for head, sentences in ADVICE:
        paper.text(LEFT, y, head, Role.HEI, 14.5)
        y += 9.4
        for number, sentence in enumerate(sentences, start=1):
            paper.text(LEFT + 3.9, y, str(number), Role.HEIB, 11.5, align="center")
            lines = break_lines(song.printable(sentence), song, 13.5, (WIDTH - 10.0) * MM, justify=True)
            y = paper.lines(LEFT + 10.0, y - 4.1, lines, Role.SONG, 13.5, leading=8.2) + 4.1
        y += 3.1


def _draw_fold(paper: Paper) -> None:
    """Mark the middle of the paper, where it is folded."""
    y = A4[1] / 2
    paper.rule(8.0, y, 14.0, y, 0.5, colour=Colour.GREY)
    paper.text(16.3, y, "折", Role.SONG, 7.5, align="center", colour=Colour.GREY)
    paper.rule(196.0, y, 202.0, y, 0.5, colour=Colour.GREY)
    paper.text(193.7, y, "折", Role.SONG, 7.5, align="center", colour=Colour.GREY)


def _draw_register(paper: Paper) -> None:
    """Draw the boxes in which sealing and opening are signed for."""
    y = 245.7
    for heads in REGISTER:
        x = LEFT
        for head, width in zip(heads, REGISTER_WIDTHS, strict=True):
            paper.frame(x, y, width, 7.6, 0.9)
            paper.frame(x, y + 7.6, width, 11.4, 0.9)
            paper.text(x + width / 2, y + 3.8, head, Role.HEI, 10.5, align="center")
            x += width
        y += 19.0
