"""The steps of the self-test, each a real use of one part of the program on a file made for it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.foundation.clock import SystemClock
from desktop.foundation.errors import DamagedFile, WrongPassword

if TYPE_CHECKING:
    from desktop.printing.document import Ledger
    from desktop.register.views import ResidentRow
    from desktop.shell.workbench import Workbench

RARE = "𬸚"  # outside the range most fonts and many programs stop at; people are called so
_DIRECTOR = "沈玉琴"
_SHEET = f"姓名,无证原因,小区,楼栋,单元,室\n王{RARE}鸣,证件遗失,翠湖苑,3,2,501\n李强,证件遗失,翠湖苑,3,2,502\n"
_PLAIN = b"SQLite format 3\0"
_PICTURE = b"\x89PNG\r\n\x1a\n"
_LEAST_PICTURE_BYTES = 10_000  # an empty window of this size compresses to less
_TAB = "居民住户"


class Trials:
    """What the steps share: the passing folder, a password nobody knows, and the file once it is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SystemClock()
        self._password = secrets.token_urlsafe(18)
        self._held = ExitStack()
        self._bench: Workbench | None = None

    def __enter__(self) -> Trials:
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close the file, so that its folder can be removed."""
        self._held.close()

    @property
    def bench(self) -> Workbench:
        """Return the signed-in workbench; only steps after `sign_in` may ask."""
        if self._bench is None:
            raise DamagedFile("资料没有打开。")
        return self._bench

    def encrypt(self) -> None:
        """Make a file, see that nothing of it lies open on the disk, and that another key does not open it."""
        from sqlcipher3 import dbapi2 as sqlcipher  # noqa: PLC0415  the command's help must not wait for it

        from desktop.store.engine import connect  # noqa: PLC0415
        from desktop.store.keys import new_data_key  # noqa: PLC0415

        path = self.folder / "encrypted.db"
        with closing(connect(path, new_data_key(), create=True)) as raw:
            raw.execute("CREATE TABLE tried (words TEXT)")
            raw.execute("INSERT INTO tried VALUES (?)", (_DIRECTOR,))
        content = path.read_bytes()
        if content.startswith(_PLAIN) or _DIRECTOR.encode() in content:
            raise DamagedFile("资料没有加密，请不要使用，重新安装程序。")
        try:
            with closing(connect(path, new_data_key())):
                raise DamagedFile("别的密钥也能打开资料，请不要使用，重新安装程序。")
        except sqlcipher.DatabaseError:
            pass  # as it must be

    def migrate(self) -> None:
        """Bring an empty file through every revision there is to the newest schema."""
        from desktop.store.keys import new_data_key  # noqa: PLC0415
        from desktop.store.migrate import create_schema, needs_migration  # noqa: PLC0415

        path, key = self.folder / "migrated.db", new_data_key()
        create_schema(path, key)
        if needs_migration(path, key):
            raise DamagedFile("升级没有做完，程序里缺文件，请重新安装程序。")

    def sign_in(self) -> None:
        """Set up a committee, see a wrong password refused, and sign in with the right one."""
        from desktop.app import assemble  # noqa: PLC0415
        from desktop.register.office import NewOfficer, opened, set_up, unlock  # noqa: PLC0415
        from desktop.register.rights import Role  # noqa: PLC0415
        from desktop.store.folder import DataFolder  # noqa: PLC0415
        from desktop.store.recovery import new_recovery_code  # noqa: PLC0415

        data = DataFolder(self.folder / "资料 data")
        officers = [NewOfficer(_DIRECTOR, Role.DIRECTOR, self._password)]
        set_up(
            data, committee="自检", region="", officers=officers, recovery_code=new_recovery_code(), clock=self.clock
        )
        slot = data.current().ring().named(_DIRECTOR)
        try:
            unlock(data, slot.id, self._password[::-1] + "x")
        except WrongPassword:
            pass  # as it must be
        else:
            raise DamagedFile("错的密码也能打开资料，请不要使用，重新安装程序。")
        found = self._held.enter_context(opened(data, slot_id=slot.id, secret=self._password, clock=self.clock))
        self._bench = assemble(found, self.clock)

    def import_sheet(self) -> None:
        """Take in a text sheet, write it as a workbook, and see that the workbook reads back as the same persons."""
        text = self.folder / "居民.csv"
        text.write_text(_SHEET, encoding="utf-8")
        intake = self.bench.intake
        stored = intake.confirm(intake.preview("residents", text))
        book = intake.export("residents", self.folder / "居民.xlsx")
        again = intake.preview("residents", book, update=True).verdict
        if (stored.accepted, again.accepted) != (2, 2) or self._names() != {f"王{RARE}鸣", "李强"}:
            raise DamagedFile("导入的表和存下来的对不上，请重新安装程序。")

    def print_page(self) -> None:
        """Set a ledger with a rare character as a PDF and read the character back from it."""
        from desktop.printing.document import Heading  # noqa: PLC0415
        from desktop.printing.preview import page_image, page_text  # noqa: PLC0415
        from desktop.printing.render import render_ledger  # noqa: PLC0415

        today = self.clock.today()
        heading = Heading("自检", f"{today.year}年", _DIRECTOR, today)
        pdf = render_ledger(_ledger(), self.bench.residents.search("鸣", limit=5), heading=heading)
        if RARE not in page_text(pdf, 0) or not any(page_image(pdf, 0, 72)[2]):
            raise DamagedFile("打印出来的页缺字，程序里的字体不全，请重新安装程序。")

    def draw(self) -> None:
        """Draw a page of the window without a screen."""
        from desktop.window import draw_tab  # noqa: PLC0415

        picture = self.folder / "picture.png"
        draw_tab(self.bench, _TAB, picture)
        content = picture.read_bytes()
        if not content.startswith(_PICTURE) or len(content) < _LEAST_PICTURE_BYTES:
            raise DamagedFile("窗口画不出来，请重新安装程序。")

    def back_up(self) -> None:
        """Make a backup, check it as a stranger would and with the key, and compare what it holds."""
        from desktop.safekeeping.verify import look_inside, look_over  # noqa: PLC0415
        from desktop.shell.backups import backups_of  # noqa: PLC0415

        made = backups_of(self.bench).back_up(self.folder / "备份")
        inside = look_inside(look_over(made.path), self.bench.data_key)
        if not made.verified or inside.counts != made.counts or inside.counts["resident"] != 2:
            raise DamagedFile("备份和资料对不上，请不要使用，重新安装程序。")

    def keep_readable(self) -> None:
        """Put every sheet into an encrypted zip, which is read again as it is made."""
        from desktop.shell.backups import readable_of  # noqa: PLC0415

        made = readable_of(self.bench).write(self.folder, f"{self._password}-zip", "自检")
        if made.rows.get("居民") != 2:
            raise DamagedFile("存下来的可读表格和资料对不上，请重新安装程序。")

    def _names(self) -> set[str]:
        found = self.bench.residents.search("翠湖苑", limit=5)
        return {row.name for row in found}


@dataclass(frozen=True)
class Trial:
    """One step: its name for programs, what people call it, and what it does."""

    name: str
    title: str
    work: Callable[[Trials], None]


TRIALS = (
    Trial("encrypt", "加密的资料文件", Trials.encrypt),
    Trial("migrate", "升级资料", Trials.migrate),
    Trial("sign_in", "设密码和登录", Trials.sign_in),
    Trial("import", "导入和导出表格", Trials.import_sheet),
    Trial("print", "打印（含生僻字）", Trials.print_page),
    Trial("draw", "画窗口", Trials.draw),
    Trial("backup", "备份和核对", Trials.back_up),
    Trial("readable", "存看得懂的表格", Trials.keep_readable),
)


def _ledger() -> Ledger[ResidentRow]:
    from desktop.printing.document import Ledger, LedgerColumn  # noqa: PLC0415

    return Ledger("自检", (LedgerColumn("姓名", lambda row: row.name), LedgerColumn("住址", lambda row: row.address)))
