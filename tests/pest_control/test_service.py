"""The books on a real encrypted file: refusals first, balances after every change, undo, bin, rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.errors import ChangedMeanwhile, InputError, NotAllowed
from desktop.pest_control import documents
from desktop.pest_control.rules import AedesDraft, DensityDraft, StockDraft, TreatmentDraft
from desktop.register.service.bin import BinKey
from desktop.store.derived import rebuild_derived
from tests.pest_control.making import BAIT, aedes, density, place, stock, treated


def problems(call, *values, **named):
    with pytest.raises(InputError) as error:
        call(*values, **named)
    return [(problem.field, problem.code) for problem in error.value.problems]


def test_a_wrong_line_says_everything_and_stores_nothing(bench):
    pest = bench.pest
    assert problems(pest.stock.record, StockDraft(None, " ", "送人", Decimal(-1), package_g=Decimal(10**7))) == [
        ("happened_on", "required"), ("agent", "required"), ("movement", "choice_unknown"),
        ("quantity", "number_negative"), ("package_g", "number_invalid"),
    ]  # fmt: skip
    assert problems(pest.treatments.record, TreatmentDraft(date(2026, 6, 18), "", "没有的", "毒鼠强", None, "")) == [
        ("treated_on", "date_future"), ("pest", "required"), ("unit", "required"), ("quantity", "required"),
        ("agent", "banned_agent"), ("place", "place_unknown"),
    ]  # fmt: skip
    assert problems(pest.aedes.record, AedesDraft(date(2026, 6, 1), "", 5, 3, water_containers=2)) == [
        ("place", "required"), ("positive_containers", "sum_mismatch"),
    ]  # fmt: skip
    assert problems(pest.density.record, DensityDraft(date(2026, 6, 1), "", Decimal(5), 6)) == [
        ("indicator", "required"), ("positive", "sum_mismatch"),
    ]  # fmt: skip
    assert [len(book.ids()) for book in (pest.stock, pest.treatments, pest.aedes, pest.density)] == [0] * 4


def test_records_come_back_as_written_with_what_is_computed(bench):
    place(bench)
    typed = stock(1, "入库", "105", ingredient="溴敌隆", expires_on=date(2028, 3, 31), handler="赵会计")
    row = bench.pest.stock.record(typed)
    assert (row.draft, row.value, row.unit) == (typed, 105, "袋")
    work = treated(date(2026, 3, 12), "2.5", households=150, area_m2=Decimal("30.5"), dead_rats=3, remark="补投")
    assert bench.pest.treatments.record(work).draft == work
    found = bench.pest.aedes.record(aedes(date(2026, 6, 1), 101, 7))
    assert (documents.rounded(found.value), documents.band_text(found)) == ("6.93", "一级 低度")
    flies = density(date(2026, 6, 1), "100", 9, "室内有蝇房间阳性率", place="渔村", count=27)
    graded = bench.pest.density.record(flies)
    assert (graded.draft, graded.verdict, documents.index_text(graded)) == (flies, "C级", "9.00%")
    short = bench.pest.density.record(density(date(2026, 6, 2), "0.8", 0, "小型积水路径指数"))
    assert documents.grade_text(short) == "样本不足"
    assert [line.draft.indicator for line in bench.pest.density.latest()] == ["室内有蝇房间阳性率", "小型积水路径指数"]


def test_balances_follow_every_entry_per_product_and_batch(bench):
    book = bench.pest.stock
    for entry in (stock(1, "入库", "20"), stock(12, "领用", "12"), stock(5, "入库", "7", batch="二批")):
        book.record(entry)
    early = book.record(stock(3, "盘点", "18"))
    rows = book.rows(list(book.ids()))
    assert [(row.draft.movement, row.value) for row in rows] == [("领用", 6), ("入库", 7), ("盘点", 18), ("入库", 20)]
    book.remove(early.id)
    assert {line.batch: line.balance for line in book.balances()} == {"201101": 8, "二批": 7}
    assert book.latest(BAIT).movement == "领用"


def test_no_change_removal_or_undo_may_leave_less_than_nothing(bench):
    book = bench.pest.stock
    came = book.record(stock(1, "入库", "20"))
    book.record(stock(12, "领用", "12"))
    with pytest.raises(InputError, match=r"^3月12日只剩 8 袋，这里写了 10 袋。请改数量，或先补登入库。$"):
        book.record(stock(12, "领用", "10"))
    taken = book.record(stock(20, "领用", "8"))
    for broken in (
        replace(came.draft, quantity=Decimal(19)),
        replace(came.draft, batch="别的"),
        replace(came.draft, happened_on=date(2026, 3, 13)),
        replace(came.draft, movement="回收"),
    ):
        with pytest.raises(InputError, match="就不够了"):
            book.change(came.id, broken, version=came.version)
    with pytest.raises(InputError, match="3月12日领用 12 袋就不够了，那时只剩 0 袋"):
        book.remove(came.id)
    book.remove(taken.id)
    more = book.record(stock(2, "入库", "5"))
    book.record(stock(21, "领用", "13"))
    with pytest.raises(InputError, match="就不够了"):
        bench.bin.put_back(BinKey("出入库", taken.id))
    step = next(one for one in bench.journal.steps() if one.label.endswith(" 入库"))
    with pytest.raises(InputError, match="就不够了"):
        bench.journal.undo(step.id, bench.officer)
    assert {line.balance for line in book.balances()} == {0}
    assert book.rows([more.id]) != []


def test_an_entry_moved_to_another_batch_is_followed_back_by_undo(bench):
    book = bench.pest.stock
    book.record(stock(1, "入库", "20"))
    row = book.record(stock(2, "领用", "5"))
    book.record(stock(1, "入库", "9", batch="二批"))
    book.change(row.id, replace(row.draft, batch="二批"), version=row.version)
    assert {line.batch: line.balance for line in book.balances()} == {"201101": 20, "二批": 4}
    book.record(stock(3, "领用", "18"))
    step = next(one for one in bench.journal.steps() if one.label.startswith("修改"))
    with pytest.raises(InputError, match="就不够了"):
        bench.journal.undo(step.id, bench.officer)
    assert {line.batch: line.balance for line in book.balances()} == {"201101": 2, "二批": 4}


def test_balances_can_be_made_again_and_agree_with_the_entries(bench):
    book = bench.pest.stock
    for entry in (stock(1, "入库", "20"), stock(12, "领用", "12")):
        book.record(entry)
    before = book.balances()
    rebuild_derived(bench.store, bench.officer)
    assert book.balances() == before
    assert all(line.ok for line in bench.check())


def test_a_banned_agent_may_only_be_written_off(bench, clock):
    book = bench.pest.stock
    book.record(StockDraft(date(2026, 5, 1), "氧乐果乳油", "入库", Decimal(3)))
    wrong = StockDraft(date(2026, 6, 2), "氧乐果乳油", "领用", Decimal(1), ingredient="克百威")
    assert problems(book.record, wrong) == [("agent", "banned_agent"), ("ingredient", "banned_agent")]
    book.record(replace(wrong, movement="报废", quantity=Decimal(3)))
    assert book.balances()[0].balance == 0
    assert "限制使用" in book.advice(BAIT, "", clock.today())
    assert "核对" in book.advice("百草枯", "", clock.today())
    assert book.advice("氯氰菊酯", "", clock.today()) == ""


def test_a_colleague_s_change_is_shown_beside_one_s_own(bench):
    place(bench)
    row = bench.pest.treatments.record(treated(date(2026, 3, 12)))
    bench.pest.treatments.change(row.id, replace(row.draft, households=150), version=row.version)
    with pytest.raises(ChangedMeanwhile) as error:
        bench.pest.treatments.change(row.id, replace(row.draft, households=140), version=row.version)
    assert error.value.fields == {"households": (150, 140)}


def test_removed_records_wait_in_the_bin_under_a_name_one_knows(bench):
    place(bench)
    pest = bench.pest
    made = [
        (pest.stock, pest.stock.record(stock(1, "入库", "20"))),
        (pest.treatments, pest.treatments.record(treated(date(2026, 3, 12)))),
        (pest.aedes, pest.aedes.record(aedes(date(2026, 6, 1), 101, 7, container_kind="轮胎"))),
        (pest.density, pest.density.record(density(date(2026, 6, 1), "100", 3))),
    ]
    labels = [book.remove(row.id) for book, row in made]
    assert labels[1] == "删除投药：渔村 灭鼠 2026年3月12日"
    titles = {row.key.word: row.title for row in bench.bin.rows(bench.bin.listed())}
    assert titles == {
        "出入库": f"{BAIT}  2026年3月1日 入库 20袋",
        "投药": f"渔村  2026年3月12日 {BAIT}",
        "伊蚊监测": "渔村  2026年6月1日 轮胎",
        "密度监测": "2026年6月1日 室内鼠迹阳性率",
    }
    for key in bench.bin.listed():
        bench.bin.put_back(key)
    assert [len(book.ids()) for book, _ in made] == [1] * 4


def test_lists_narrow_to_days_and_to_one_agent_or_pest(bench):
    place(bench)
    book = bench.pest.treatments
    for day, pest in ((1, "鼠"), (2, "蚊"), (3, "老鼠")):
        book.record(treated(date(2026, 3, day), pest=pest))
    rows = book.rows(list(book.ids(first=date(2026, 3, 2), last=date(2026, 3, 3))))
    assert [row.draft.treated_on.day for row in rows] == [3, 2]
    assert len(book.ids(only="鼠")) == 2
    assert book.words("pest") == ["蚊", "鼠"]


def test_half_months_add_up_before_they_are_judged(bench):
    place(bench)
    for day, households, positive in ((1, 60, 1), (15, 41, 6), (16, 100, 25)):
        bench.pest.aedes.record(aedes(date(2026, 5, day), households, positive))
    first, second = bench.pest.aedes.half_months(2026)
    assert (first.title, documents.rounded(first.bi), first.band) == ("5月上半月", "6.93", "一级")
    assert (second.title, second.bi, second.band) == ("5月下半月", 25, "三级")
    assert bench.pest.aedes.half_months(2025) == []


def test_readers_see_and_do_not_write(reader_bench, grid_bench):
    assert len(reader_bench.pest.stock.ids()) == 0
    with pytest.raises(NotAllowed, match="登记除害投药"):
        reader_bench.pest.stock.record(stock(1, "入库", "1"))
    with pytest.raises(NotAllowed):
        reader_bench.pest.stock.remove(grid_bench.pest.stock.record(stock(1, "入库", "1")).id)


def test_ledgers_say_what_came_in_went_out_and_is_left(bench):
    book = bench.pest.stock
    for entry in (stock(1, "入库", "1800"), stock(12, "领用", "11"), stock(13, "盘点", "1700"), stock(14, "回收", "2")):
        book.record(entry)
    ledger = documents.stock_ledger()
    shown = {column.title: column.text for column in ledger.columns}
    lines = [(shown["数量"](row), shown["结存"](row)) for row in reversed(book.rows(list(book.ids())))]
    assert lines == [("+1,800袋", "1,800"), ("−11袋", "1,789"), ("1,700袋", "1,700"), ("2袋", "1,700")]
