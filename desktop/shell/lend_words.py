"""What the page 带到笔记本 says."""

from __future__ import annotations

from desktop.safekeeping.lending import Unfinished
from desktop.store.baton import APART, Baton, moment

SURE = "收回，在这台电脑上登记"
ABOUT = {
    False: (
        "把数据带到另一台电脑上登记，比如笔记本。带走以后，这台电脑只能看和打印，带回来才能改：两台都登，合不到一起。",
        "到那台电脑上，打开程序，点“从备份恢复”，选“带出”的这一份，用您现在的密码。",
    ),
    True: (
        "在这台电脑上登好了，把数据带回办公室。带走以后，这台电脑只能看和打印。",
        "到办公室的电脑上，点窗口上面的“带回来了”，选“带回”的这一份，用您现在的密码。",
    ),
}
"""By whether this is not the office's own computer."""
OUT_ABOUT = {
    False: "插上带回来的U盘，按“带回来了”，选“带回”的那一份。这台电脑上的从带出那天起没有变过，接回来什么也不会少。",
    True: "数据已经带回办公室。下次再带出来，插上U盘，按“又带出来了”，选“带出”的那一份。",
}
FETCHED = {False: "带回来了…", True: "又带出来了…"}
"""The button for going to fetch the data, here too by whether this is not the office's own computer."""
APART_ABOUT = "原来的电脑坏了、不再用了，主任可以说以这台为准，从此在这台上登记。"


def title_of(baton: Baton) -> str:
    """Return what the page and its entry in the menu are called."""
    if baton.is_here:
        return "带回办公室" if baton.away else "带到笔记本"
    return "带出的数据"


def unfinished(baton: Baton, left: Unfinished | None) -> str:
    """Return how far the last 带出 came."""
    begun = f"{baton.staff_name}{moment(baton.at)}开始带出，中途断了。"
    if left is None or left.safe:
        return f"{begun}那一份没有做完，谁也用不了。可以继续，也可以收回，在这台电脑上照常登记。"
    if left.named:
        return f"{begun}那一份其实已经做好、核对过了。按“继续”，就算带出。"
    return f"{begun}要看那一份做完没有，请插上那个U盘，再按“继续”。（放在：{baton.target}）"


def taking_back_warning(baton: Baton, *, safe: bool) -> tuple[str, str]:
    """Return what taking back costs, in bold, and one more sentence."""
    if safe:
        return "没有带出去，什么也不会少。", ""
    if baton.state == APART:
        return (
            "原来那台电脑还在用的，请不要这样做：两台各登各的，合不到一起。",
            "以后这一台登的算数，别的电脑带来的一份不接，只留着。",
        )
    return (
        f"{moment(baton.at)}以后在另一台电脑上登的，这里都没有，以后也合不进来。",
        "U盘丢了、那台电脑坏了，才收回。以后再带回来的一份不会接，会留着，可以比较。",
    )
