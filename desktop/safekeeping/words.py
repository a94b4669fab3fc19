"""How backups are spoken of: what they hold, and when the last one was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.foundation.clock import CHINA

# In the order people care for them; tables without a word here are counted and checked, but not read out.
_SPOKEN = {
    "resident": ("居民", "人"),
    "visit": ("随访", "条"),
    "activity": ("活动", "条"),
    "inspection": ("检查", "条"),
    "treatment": ("投药", "条"),
    "attachment": ("照片", "张"),
}
_ALWAYS = frozenset({"resident", "visit"})


@dataclass(frozen=True)
class FiguresAgain:
    """The figures of a month, computed again after a restore: how many were compared, and which differ."""

    period: str
    compared: int
    different: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return whether they are those of the backup's day."""
        if self.different:
            named = "、".join(self.different[:5])
            return f"有{len(self.different)}个数字和备份那天算出来的不一样（{named}），请告诉维护人员。"
        return f"{self.period} 的{self.compared}个数字和备份那天一样。"


def contents(counts: Mapping[str, int]) -> str:
    """Return 居民1,284人、随访86条 for living records by table; a table that is not there is not spoken of."""
    return "、".join(
        f"{what}{counts.get(table, 0):,}{unit}"
        for table, (what, unit) in _SPOKEN.items()
        if counts.get(table) or (table in _ALWAYS and table in counts)
    )


def differences(now: Mapping[str, int], then: Mapping[str, int]) -> list[tuple[str, int, int, str]]:
    """Return (居民, now, then, 人) for every spoken table that is there in either."""
    return [
        (what, now.get(table, 0), then.get(table, 0), unit)
        for table, (what, unit) in _SPOKEN.items()
        if now.get(table) or then.get(table) or (table in _ALWAYS and table in then)
    ]


def backed_up(counts: Mapping[str, int], *, on_stick: bool) -> str:
    """Return what is said after a backup."""
    return f"备份完成并已核对，可恢复：{contents(counts)}。{'可以拔U盘。' if on_stick else ''}"


def attachments(count: int, damaged: int) -> str:
    """Return what is said of the attachments beside a backup; nothing if there are none and none is damaged."""
    said = f"照片和存档文件{count:,}个也在U盘或文件夹里。" if count else ""
    if damaged:
        said += f"有{damaged:,}个文件在这台电脑上已经损坏，没有备进去；以前的备份里可能还有好的。"
    return said


def lost_attachments(lost: int, named: int) -> str:
    """Return what is said of attachments a backup names that are not whole beside it."""
    return (
        f"这份备份的照片和存档文件共{named:,}个，其中{lost:,}个缺了或损坏。记录都完好，可以恢复；"
        "请看看备份旁边的“居委工作台附件”文件夹是不是没有一起复制过来。"
    )


def reminder(away_at: datetime | None, now: datetime) -> str:
    """Return what stands in red below the header once the last backup outside this computer is too long ago."""
    if away_at is None:
        return "还没有在U盘上备份过。电脑坏了资料就没了，请插上U盘按F9。"
    return f"已经{(now - away_at).days}天没有备份到U盘了，请插上U盘按F9。"


def last_backup(at: datetime | None, now: datetime) -> str:
    """Return 上次备份 6月16日 17:32，已核对; with the year if it is another one."""
    if at is None:
        return "还没有备份过"
    then = at.astimezone(CHINA)
    year = f"{then.year}年" if then.year != now.astimezone(CHINA).year else ""
    return f"上次备份 {year}{then.month}月{then.day}日 {then:%H:%M}，已核对"


def kit_made(holds: str, installer: str, *, on_stick: bool) -> str:
    """Return what is said after an emergency stick."""
    what = f"安装包 {installer}、" if installer else ""
    end = "可以拔U盘。" if on_stick else ""
    lacking = "" if installer else "没有安装包，电脑坏了要另外找。"
    return f"应急U盘做好了，都核对过：备份（{holds}）、{what}《电脑坏了怎么办》。{lacking}{end}"
