"""What restoring would change, and what it has changed: the cards of the page 恢复 that only speak."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.register.ui.saying import moment_text
from desktop.safekeeping.compare import Comparison, LaterStep
from desktop.safekeeping.restore import Restored
from desktop.safekeeping.words import FiguresAgain, contents, differences
from desktop.widgets.card import Banner, Card
from desktop.widgets.roles import label

_FETCHING = "这是带出来的数据，接过来以后在这台电脑上登记；带出来的那台电脑只能看，带回去以后才能改。"


def comparison_card(found: Comparison) -> Card:
    """Return the card with the counts side by side and what was done since the backup."""
    card = Card("比较")
    if found.refused:
        card.body.addWidget(Banner("danger", found.refused))
    elif found.arrival is not None and found.arrival.received:
        back = "接着带出去的那一份做的，接过来不会少什么。" if found.arrival.returns else _FETCHING
        card.body.addWidget(Banner("info", back))
    elif found.arrival is not None and not found.arrival.baton.is_here:
        card.body.addWidget(Banner("warning", found.arrival.said))
    if found.now is None:
        why = found.closed or "这台电脑上还没有资料。"
        card.body.addWidget(label(f"备份核对无误，里面有：{contents(found.then)}。", wrap=True))
        card.body.addWidget(label(f"不能和现在的资料比较：{why}" if found.closed else why, "secondary", wrap=True))
        return card
    card.body.addWidget(_counts(found))
    if found.only_there_count:
        text = f"这一份里做过、现在的资料里没有的有{found.only_there_count}步："
        _list_steps(card, text, found.only_there, found.only_there_count)
    if found.refused or (found.arrival is not None and found.arrival.returns):
        return card
    if not found.related:
        text = "这份备份不是现在这份资料更早的样子（可能更新，或是另一份），请看清楚再恢复。"
        card.body.addWidget(Banner("warning", text))
    elif found.later_count:
        text = f"备份以后又做过{found.later_count}步，恢复后这些都不在里面："
        card.body.addWidget(Banner("warning", text, detail="现在的资料会留着，恢复错了还能换回来。"))
        _list_steps(card, "", found.later, found.later_count)
    else:
        card.body.addWidget(Banner("info", "备份以后没有再改过，恢复不会少什么。"))
    return card


def result_card(restored: Restored, again: FiguresAgain | None) -> Card:
    """Return the card that says what is in use now, and whether the figures are those of the backup's day."""
    card = Card()
    received = restored.arrival is not None and restored.arrival.received
    done = "接过来了" if received else "已恢复"
    card.body.addWidget(Banner("good", f"{done}“{restored.committee}”的资料：{contents(restored.counts)}。"))
    if restored.arrival is not None and restored.arrival.said:
        card.body.addWidget(Banner("info" if received else "warning", restored.arrival.said))
    if again is not None:
        card.body.addWidget(Banner("warning" if again.different else "good", again.sentence))
    if restored.lost_attachments:
        text = f"备份旁边缺了或损坏了{restored.lost_attachments}个照片和存档文件，记录不受影响，只是这几个打不开。"
        card.body.addWidget(Banner("warning", text))
    if restored.migrated:
        card.body.addWidget(label("这份备份是旧版程序做的，已升级到现在的版本。", wrap=True))
    if restored.kept is not None:
        text = "原来的资料没有删，在这一页的列表里（“恢复前留下的”），要换回去就选它。"
        card.body.addWidget(label(text, wrap=True))
        card.body.addWidget(label(f"它放在：{restored.kept}", "secondary", wrap=True))
    if not received:
        text = "自动备份先停着。登录后看看资料对不对，对了就在“备份”页点“资料没问题”。"
        card.body.addWidget(label(text, wrap=True))
    return card


def _list_steps(card: Card, title: str, steps: Sequence[LaterStep], count: int) -> None:
    if title:
        card.body.addWidget(label(title, "field", wrap=True))
    for step in steps:
        card.body.addWidget(label(f"· {moment_text(step.at)}　{step.staff}　{step.label}", wrap=True))
    if (more := count - len(steps)) > 0:
        card.body.addWidget(label(f"还有{more}步更早的。", "secondary"))


def _counts(found: Comparison) -> QWidget:
    table = QWidget()
    table.setProperty("role", "bare")
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(28)
    grid.setColumnStretch(4, 1)
    for place, title in enumerate(("", "现在", "备份里", "相差")):
        grid.addWidget(label(title, "field"), 0, place)
    for number, (what, now, then, unit) in enumerate(differences(found.now or {}, found.then), start=1):
        gap = then - now
        texts = (
            what,
            f"{now:,}{unit}",
            f"{then:,}{unit}",
            "一样" if not gap else f"{'多' if gap > 0 else '少'}{abs(gap):,}{unit}",
        )
        for place, text in enumerate(texts):
            role = "danger" if place == 3 and gap < 0 else ""
            grid.addWidget(label(text, role), number, place)
    return table
