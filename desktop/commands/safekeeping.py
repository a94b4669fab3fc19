"""backup, verify, restore: verified copies of the data, and the way back from them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.commands.call import Call, call_of, password, secret_from
from desktop.commands.speaking import Json, complain, print_json, say
from desktop.foundation.errors import DamagedFile, InputError

if TYPE_CHECKING:
    from desktop.safekeeping.holders import Holder
    from desktop.safekeeping.restore import Restored

BackupPath = Annotated[Path, typer.Argument(metavar="备份", help="一份备份的文件夹，或里面的 juwei.db")]


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="文件夹", help="备份放在哪里，如U盘")],
    as_json: Json = False,
) -> None:
    """做一份备份并核对。"""
    from desktop.shell.backups import backups_of  # noqa: PLC0415

    with call_of(context).signed_in() as bench:
        service = backups_of(bench)
        report = service.back_up(target)
        sentence = service.sentence(report)
    if as_json:
        print_json({
            "path": str(report.path),
            "bytes": report.bytes,
            "sha256": report.sha256,
            "counts": report.counts,
            "verified": report.verified,
        })  # fmt: skip
        return
    say(sentence)
    say(f"备份在 {report.path}")


def verify(context: typer.Context, backup: BackupPath, as_json: Json = False) -> None:
    """核对一份备份；给了密码就连内容一起核对。"""
    from desktop.safekeeping.attachments import look_beside  # noqa: PLC0415
    from desktop.safekeeping.holders import counts_for  # noqa: PLC0415
    from desktop.safekeeping.manifest import open_counts  # noqa: PLC0415
    from desktop.safekeeping.verify import look_inside, look_over  # noqa: PLC0415
    from desktop.safekeeping.words import contents, lost_attachments  # noqa: PLC0415
    from desktop.store.folder import DATABASE  # noqa: PLC0415

    found = look_over(backup)
    holder = _password_given(call_of(context), len(found.ring().people))
    manifest = found.manifest
    counts = open_counts(manifest.counts)
    if holder is not None:
        inside = look_inside(found, holder.open(found.ring()))
        counts = counts_for(holder.slot_in(found.ring()), inside.counts)
    if lost := look_beside(found):
        raise DamagedFile(lost_attachments(len(lost), len(manifest.attachments)))
    if as_json:
        main = manifest.files[DATABASE]
        print_json({
            "path": str(found.folder),
            "bytes": main.bytes,
            "sha256": main.sha256,
            "counts": counts,
            "verified": True,
            "inside": holder is not None,
            "committee": manifest.committee,
            "made_at": manifest.made_at.isoformat(),
            "program": manifest.program,
        })  # fmt: skip
        return
    say(f"备份完好，可恢复：{contents(counts)}。")
    if holder is None:
        say("没有密码，只核对了文件有没有变；写上 --as 和密码，可以连里面的内容一起核对。")


def restore(
    context: typer.Context,
    backup: BackupPath,
    code_file: Annotated[
        Path | None, typer.Option("--recovery-code-file", metavar="文件", help="用恢复码打开，恢复码写在这个文件里")
    ] = None,
    new_password_file: Annotated[
        Path | None, typer.Option("--new-password-file", metavar="文件", help="用恢复码时，给主任设的新密码")
    ] = None,
) -> None:
    """恢复一份备份；原来的资料留着，不覆盖。"""
    from desktop.safekeeping.restore import restore as bring_back  # noqa: PLC0415
    from desktop.safekeeping.words import contents  # noqa: PLC0415

    call = call_of(context)
    holder = _holder(call, code_file, new_password_file)
    restored = bring_back(backup, call.data_folder(), holder, clock=call.clock)
    say(f"已恢复“{restored.committee}”的资料：{contents(restored.counts)}。")
    if restored.arrival is not None and restored.arrival.said:
        say(restored.arrival.said)
    if restored.lost_attachments:
        complain(f"备份旁边缺了或损坏了{restored.lost_attachments}个照片和存档文件，记录不受影响，只是这几个打不开。")
    if restored.migrated:
        say("这份备份是旧版程序做的，已升级到现在的版本。")
    _compare_figures(call, holder, restored)
    if restored.kept is not None:
        say(f"原来的资料没有删，留在 {restored.kept}，要换回去就恢复这个文件夹。")
    say("密码以备份那天的为准。" + ("主任的新密码已经设好。" if new_password_file else ""))


def _holder(call: Call, code_file: Path | None, new_password_file: Path | None) -> Holder:
    from desktop.safekeeping.holders import ByCode, ByPassword  # noqa: PLC0415
    from desktop.store.recovery import parse_recovery_code  # noqa: PLC0415

    if code_file is None:
        if new_password_file is not None:
            raise InputError("只有用恢复码恢复时才能设新密码，请加上 --recovery-code-file。")
        return ByPassword(call.staff, password())
    groups = parse_recovery_code(secret_from(code_file, "恢复码文件"))
    new = secret_from(new_password_file, "新密码文件") if new_password_file is not None else ""
    if new_password_file is not None and not new:
        raise InputError("新密码文件是空的，没有恢复。")
    return ByCode(groups, call.staff, new)


def _password_given(call: Call, people: int) -> Holder | None:
    """Return who looks inside, if the call says it: verifying without any password must not ask for one."""
    from desktop.safekeeping.holders import ByPassword  # noqa: PLC0415

    if not os.environ.get("JUWEI_PASSWORD_FILE") or (not call.staff and people != 1):
        return None
    return ByPassword(call.staff, password())


def _compare_figures(call: Call, holder: Holder, restored: Restored) -> None:
    """Say whether the figures of the backup's day come out the same."""
    from desktop.app import figures_again  # noqa: PLC0415

    again = figures_again(call.data_folder(), holder, restored, call.clock)
    if again is not None:
        (complain if again.different else say)(again.sentence)
