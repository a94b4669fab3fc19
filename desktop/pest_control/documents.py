"""What this slice prints: the stock ledger, treatments, Aedes and density checks. Declared, not drawn."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from desktop.foundation.days import plain_day
from desktop.pest_control.density_rules import BAND_WORDS
from desktop.pest_control.missed import Missed
from desktop.pest_control.rules import AedesDraft, DensityDraft, StockDraft, TreatmentDraft
from desktop.pest_control.stock_rules import OUTWARD, UNCHANGED
from desktop.pest_control.views import EntryRow
from desktop.printing.document import NO_VALUE, Ledger, LedgerColumn

StockRow = EntryRow[StockDraft]
TreatmentRow = EntryRow[TreatmentDraft]
AedesRow = EntryRow[AedesDraft]
DensityRow = EntryRow[DensityDraft]
_HUNDREDTH = Decimal("0.01")


def stock_ledger() -> Ledger[StockRow]:
    """Return the stock ledger as inspectors ask for it: in, out, left, and who gave and took."""
    return Ledger(
        "除害药品出入库台账",
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.happened_on)),
            LedgerColumn("药品名称", lambda row: row.draft.agent),
            LedgerColumn("有效成分", lambda row: f"{row.draft.ingredient} {row.draft.content}".strip()),
            LedgerColumn("登记证号", lambda row: row.draft.registration),
            LedgerColumn("批号", lambda row: row.draft.batch),
            LedgerColumn("有效期至", lambda row: plain_day(row.draft.expires_on)),
            LedgerColumn("类型", lambda row: row.draft.movement),
            LedgerColumn(
                "数量",
                lambda row: f"{signed(row.draft)}{row.draft.package}",
                align="right",
                value=moved,
                unit=lambda row: row.draft.package,
            ),
            LedgerColumn("结存", lambda row: number(row.value), align="right", value=lambda row: row.value),
            LedgerColumn("发药人", lambda row: row.draft.handler),
            LedgerColumn("领药人", lambda row: row.draft.receiver),
            LedgerColumn("用途", lambda row: row.draft.purpose),
        ),
        note="结存按药品和批号分别累计；盘点以实数为准；回收的余药、空瓶不计入结存。",
    )


def missed_ledger() -> Ledger[Missed]:
    """Return the list of places that were not treated."""
    return Ledger(
        "投药漏点清单",
        (
            LedgerColumn("点位", lambda row: row.place.name),
            LedgerColumn("类别", lambda row: row.place.category),
            LedgerColumn("网格", lambda row: row.place.grid),
            LedgerColumn("负责人", lambda row: row.place.manager),
            LedgerColumn(
                "户数", lambda row: str(row.place.household_count or ""), align="right",
                value=lambda row: row.place.household_count,
            ),
            LedgerColumn("上次投药", lambda row: plain_day(row.last_on) if row.last_on else "还没有投过"),
        ),
        note="底册里的小区和毒饵站，这一期没有登记投药的。小区里有一处投了，小区就不算漏。",
    )  # fmt: skip


def treatment_ledger() -> Ledger[TreatmentRow]:
    """Return the ledger of treatments."""
    return Ledger(
        "除害投药登记台账",
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.treated_on)),
            LedgerColumn("防制对象", lambda row: row.draft.pest),
            LedgerColumn("点位", lambda row: row.draft.place),
            LedgerColumn("药品名称", lambda row: row.draft.agent),
            LedgerColumn(
                "数量",
                lambda row: f"{number(row.draft.quantity)}{row.draft.unit}",
                align="right",
                value=lambda row: row.draft.quantity,
                unit=lambda row: row.draft.unit,
            ),
            LedgerColumn("投药方式", lambda row: row.draft.way),
            LedgerColumn(
                "户数",
                lambda row: number(row.draft.households),
                align="right",
                value=lambda row: row.draft.households,
                summed=True,
            ),
            LedgerColumn(
                "点数",
                lambda row: number(row.draft.points),
                align="right",
                value=lambda row: row.draft.points,
                summed=True,
            ),
            LedgerColumn(
                "面积\n平方米",
                lambda row: number(row.draft.area_m2),
                align="right",
                value=lambda row: row.draft.area_m2,
                summed=True,
            ),
            LedgerColumn(
                "死鼠\n只",
                lambda row: number(row.draft.dead_rats),
                align="right",
                value=lambda row: row.draft.dead_rats,
                summed=True,
            ),
            LedgerColumn("操作人", lambda row: row.draft.operator),
            LedgerColumn("备注", lambda row: row.draft.remark),
        ),
    )


def aedes_ledger() -> Ledger[AedesRow]:
    """Return the ledger of Aedes checks."""
    return Ledger(
        "伊蚊密度监测台账",
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.checked_on)),
            LedgerColumn("点位", lambda row: row.draft.place),
            LedgerColumn(
                "检查户数",
                lambda row: number(row.draft.households),
                align="right",
                value=lambda row: row.draft.households,
                summed=True,
            ),
            LedgerColumn(
                "积水容器",
                lambda row: number(row.draft.water_containers),
                align="right",
                value=lambda row: row.draft.water_containers,
                summed=True,
            ),
            LedgerColumn(
                "阳性容器",
                lambda row: number(row.draft.positive_containers),
                align="right",
                value=lambda row: row.draft.positive_containers,
                summed=True,
            ),
            LedgerColumn(
                "阳性户数",
                lambda row: number(row.draft.positive_households),
                align="right",
                value=lambda row: row.draft.positive_households,
                summed=True,
            ),
            LedgerColumn("BI", lambda row: rounded(row.value), align="right", value=lambda row: row.value),
            LedgerColumn("分级", band_text, strong=lambda row: row.verdict not in ("", "〇级")),
            LedgerColumn("容器类型", lambda row: row.draft.container_kind),
            LedgerColumn("处理措施", lambda row: row.draft.measure),
            LedgerColumn("检查人", lambda row: row.draft.inspector),
        ),
        note="BI = 阳性容器数 ÷ 检查户数 × 100。",
    )


def density_ledger() -> Ledger[DensityRow]:
    """Return the ledger of density measurements."""
    return Ledger(
        "病媒生物密度监测台账",
        (
            LedgerColumn("日期", lambda row: plain_day(row.draft.checked_on)),
            LedgerColumn("指标", lambda row: row.draft.indicator),
            LedgerColumn("点位", lambda row: row.draft.place),
            LedgerColumn(
                "检查数", lambda row: number(row.draft.checked), align="right", value=lambda row: row.draft.checked
            ),
            LedgerColumn(
                "阳性数", lambda row: number(row.draft.positive), align="right", value=lambda row: row.draft.positive
            ),
            LedgerColumn("密度", index_text, align="right", value=lambda row: row.value, unit=lambda row: row.unit),
            LedgerColumn("等级", grade_text, strong=lambda row: row.verdict == "低于C级"),
            LedgerColumn("检查人", lambda row: row.draft.inspector),
            LedgerColumn("备注", lambda row: row.draft.remark),
        ),
        note="等级按检查当天施行的控制水平标准判定；路径指数的检查数是公里数。",
    )


def number(value: Decimal | int | None) -> str:
    """Return 1,800, 2.5, or a dash."""
    return NO_VALUE if value is None else f"{value:,}"


def rounded(value: Decimal | None) -> str:
    """Return a value to two places, half up, or a dash."""
    return NO_VALUE if value is None else f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):,}"


def signed(draft: StockDraft) -> str:
    """Return +105 or −11 by what the movement does; counts and what is collected carry no sign."""
    if draft.quantity is None:
        return NO_VALUE
    if draft.movement == "盘点" or draft.movement in UNCHANGED:
        return number(draft.quantity)
    return f"{'−' if draft.movement in OUTWARD else '+'}{number(draft.quantity)}"


def moved(row: StockRow) -> Decimal | None:
    """Return what the entry adds to the balance or takes from it; what was counted or collected as it stands."""
    draft = row.draft
    if draft.quantity is None or draft.movement not in OUTWARD:
        return draft.quantity
    return -draft.quantity


def band_text(row: AedesRow) -> str:
    """Return 一级 低度, or a dash."""
    return f"{row.verdict} {BAND_WORDS[row.verdict]}" if row.verdict else NO_VALUE


def index_text(row: DensityRow) -> str:
    """Return 3.50%, 0.8处/km, or a dash."""
    return NO_VALUE if row.value is None else f"{rounded(row.value)}{row.unit}"


def grade_text(row: DensityRow) -> str:
    """Return the grade, 样本不足 where it would rest on too little, or a dash."""
    if row.too_few:
        return "样本不足"
    return row.verdict or NO_VALUE
