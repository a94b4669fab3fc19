"""The grid of a campaign: one line a building; packages follow from the households until somebody types over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from desktop.foundation.days import short_day
from desktop.pest_control.campaign import Site
from desktop.pest_control.campaign_rules import Bait, Laid, amount_text
from desktop.widgets.chips import PLAIN, CellStyle
from desktop.widgets.entry_grid import CellKind, EntryColumn, EntryGrid, RowState

PACKS = ("packs_1", "packs_2")
DONE, DAY, OPERATOR, REASON = "done", "day", "operator", "reason"
_MANY_LEFT = Decimal("0.1")
"""Of a building's households: from here on the number stands out."""


class CampaignGrid(EntryGrid):
    """Typed by keyboard alone: Enter goes down, Tab to the right."""

    changed = Signal()

    def __init__(self) -> None:
        columns = [
            EntryColumn("site", "楼栋", CellKind.SHOWN, 0, bold=True),
            EntryColumn("due", "应投户", CellKind.SHOWN, 68, align="right"),
            EntryColumn(DONE, "实投户", CellKind.NUMBER, 72, align="right"),
            EntryColumn("left", "未投户", CellKind.SHOWN, 68, align="right"),
            EntryColumn(PACKS[0], "数量", CellKind.NUMBER, 92, align="right", decimals=3),
            EntryColumn(PACKS[1], "第二种", CellKind.NUMBER, 92, align="right", decimals=3),
            EntryColumn(DAY, "日期", CellKind.TEXT, 84),
            EntryColumn(OPERATOR, "操作人", CellKind.TEXT, 84),
            EntryColumn(REASON, "没投到的原因", CellKind.TEXT, 150),
            EntryColumn("last", "两个月内投过", CellKind.SHOWN, 118),
        ]
        super().__init__(columns, "整片登记投药", least_rows=0, fixed=True, enter_down=True)
        self.setObjectName("campaign_grid")
        self._sites: list[Site] = []
        self._baits: list[Bait] = []
        self._computed: dict[tuple[int, str], str] = {}
        self.edited.connect(self._follow)
        self.row_completed.connect(lambda place: self.sheet.set_state(place, RowState.TYPING))

    @property
    def sites(self) -> Sequence[Site]:
        """Return what the lines stand for."""
        return tuple(self._sites)

    def show_sites(self, sites: Sequence[Site], typed: Mapping[str, Mapping[str, str]], today: object) -> None:
        """Show *sites* with what was typed of them before, by name."""
        self._sites, self._computed = list(sites), {}
        self.sheet.reset_rows(len(sites))
        for place, site in enumerate(sites):
            shown = {"site": site.name, "due": "—" if site.households is None else f"{site.households:,}"}
            if site.last is not None:
                day, households = site.last
                shown["last"] = f"{short_day(day, today)}{'' if households is None else f' {households}户'}"  # type: ignore[arg-type]
            self.sheet.set_texts(place, shown)
            for key, text in typed.get(site.name, {}).items():
                if key in (DONE, *PACKS, DAY, OPERATOR, REASON):
                    self.sheet.type_text(place, key, text)
            self._compute(place)

    def show_baits(self, baits: Sequence[Bait]) -> None:
        """Name the columns of packages and compute again what nobody has typed over."""
        self._baits = list(baits)
        for number, key in enumerate(PACKS):
            bait = baits[number] if number < len(baits) else None
            self.setColumnHidden([column.key for column in self.sheet.columns].index(key), bait is None)
            if bait is not None:
                self.sheet.rename(key, f"灭{bait.pest} {bait.unit}".strip())
        for place in range(len(self._sites)):
            self._compute(place)
        self.changed.emit()

    def typed(self) -> dict[str, dict[str, str]]:
        """Return what was typed, by the names of the lines; what was only computed is left out."""
        found = {}
        for place, site in enumerate(self._sites):
            texts = {
                key: text
                for key, text in self.sheet.texts(place).items()
                if key in (DONE, *PACKS, DAY, OPERATOR, REASON) and self._computed.get((place, key)) != text
            }
            if texts:
                found[site.name] = texts
        return found

    def laid(self) -> list[Laid]:
        """Return the numbers of every line."""
        return [self._laid(place) for place in range(len(self._sites))]

    def _laid(self, place: int) -> Laid:
        values = self.sheet.values(place)
        done = values[DONE]
        packages = tuple(
            Decimal(value) if isinstance(value := values[key], int | Decimal) else None
            for key in PACKS[: len(self._baits)]
        )
        return Laid(self._sites[place].households, done if isinstance(done, int) else None, packages)

    def _follow(self, place: int) -> None:
        self._compute(place)
        self.changed.emit()

    def _compute(self, place: int) -> None:
        """Fill packages and what is left of one line from its households."""
        done = self._laid(place).done
        texts = self.sheet.texts(place)
        filled = {}
        for key, bait in zip(PACKS, self._baits, strict=False):
            packages = bait.packages(done)
            wanted = amount_text(packages).replace(",", "") if packages is not None else ""
            if texts.get(key, "") in ("", self._computed.get((place, key), "")):
                filled[key] = self._computed[place, key] = wanted
        due = self._sites[place].households
        left = None if due is None else due - (done or 0)
        filled["left"] = "" if left is None or done is None else f"{max(left, 0):,}"
        self.sheet.set_texts(place, filled)
        many = left is not None and due and done is not None and Decimal(left) / due > _MANY_LEFT
        self.sheet.set_styles(place, {"left": CellStyle(bold=True, tone="warning") if many else PLAIN})
