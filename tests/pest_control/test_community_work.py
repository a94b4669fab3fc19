"""What committees write of pest control, stored once and coming out as a figure or on a printed ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError
from desktop.pest_control.documents import (
    aedes_ledger,
    density_ledger,
    stock_ledger,
    treatment_ledger,
)
from desktop.pest_control.rules import StockDraft
from desktop.printing.document import Heading
from desktop.printing.render import render_ledger
from desktop.register.service.places import PlaceDraft
from tests.pest_control.making import aedes, density, place, stock, treated
from tests.register.making import take_in

HOUHUAN = Path(__file__).parent.parent / "samples" / "houhuan"


def figure(bench, key, period="2026"):
    found = bench.figures.of(parse_period(period)).get(key)
    return found.value if found else None


def printed(ledger, book):
    heading = Heading("后环社区居民委员会", "2026年", "沈玉琴", date(2026, 6, 17))
    document = PdfDocument(render_ledger(ledger, book.rows(list(book.ids())), heading=heading))
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_bait_goes_to_households_and_against_mosquitoes_every_month(bench):
    take_in(bench, "places", HOUHUAN / "places.xlsx")
    take_in(bench, "treatments", HOUHUAN / "treatments.xlsx")
    for month in range(1, 11):
        found = bench.figures.of(parse_period(f"2011-{month:02d}"))
        assert found["pest.households"].value == 150
        assert found["pest.used.灭蚊喷射剂.瓶"].value >= 11


def test_bags_and_bottles_of_a_thousand_grams_add_up_to_kilograms(bench):
    for kind in ("places", "stock", "treatments"):
        take_in(bench, kind, HOUHUAN / f"{kind}.xlsx")
    assert figure(bench, "pest.used.0.005%溴敌隆饵粒.袋", "2011") == 105
    assert (figure(bench, "pest.used_kg.鼠", "2011"), figure(bench, "pest.used_kg.蚊", "2011")) == (105, 110)


def test_packs_handed_to_homes_stand_in_the_ledger_with_what_is_left(bench):
    for agent in ("灭鼠饵", "灭蟑饵"):
        bench.pest.stock.record(StockDraft(date(2026, 3, 1), agent, "入库", Decimal(9000), package="包"))
        bench.pest.stock.record(StockDraft(date(2026, 3, 2), agent, "发放到户", Decimal(8000), package="包"))
    page = printed(stock_ledger(), bench.pest.stock)
    assert page.count("8,000包") == 2
    assert page.count("1,000") >= 2


def test_area_dead_rats_way_place_and_applicator_are_kept_and_printed(bench):
    place(bench)
    place(bench, "地下车库", "其他")
    bench.pest.treatments.record(
        treated(date(2026, 3, 12), "20", unit="千克", area_m2=Decimal(3000), dead_rats=100, operator="钱消杀")
    )
    bench.pest.treatments.record(treated(date(2026, 3, 13), "1", place="地下车库", way="专业消杀"))
    assert (figure(bench, "pest.area_m2"), figure(bench, "pest.dead_rats")) == (3000, 100)
    page = printed(treatment_ledger(), bench.pest.treatments)
    for word in ("3,000", "100", "钱消杀", "地下车库", "专业消杀"):
        assert word in page


def test_banned_agents_never_enter_the_ledger(bench):
    with pytest.raises(InputError, match="国家禁用药"):
        bench.pest.stock.record(stock(1, "入库", "1", agent="毒鼠强"))
    assert "本期没有记录" in printed(stock_ledger(), bench.pest.stock)


def test_densities_and_aedes_indices_are_judged_and_printed(bench):
    place(bench)
    bench.pest.density.record(density(date(2026, 6, 1), "100", 6))
    bench.pest.aedes.record(aedes(date(2026, 6, 1), 101, 7, measure="翻盆倒罐、宣传"))
    assert figure(bench, "density.室内鼠迹阳性率.grade") == "低于C级"
    assert "低于C级" in printed(density_ledger(), bench.pest.density)
    page = printed(aedes_ledger(), bench.pest.aedes)
    assert "6.93" in page
    assert "一级 低度" in page


def test_a_search_of_homes_tells_what_bred_where_and_that_it_was_cleared(bench):
    place(bench)
    bench.pest.aedes.record(
        aedes(date(2026, 6, 1), 60, 5, container_kind="盆景/水生植物", measure="翻盆倒罐，发小册子60册")
    )
    bench.pest.aedes.record(aedes(date(2026, 6, 8), 41, 2, container_kind="盆景/水生植物", measure="翻盆倒罐"))
    assert (figure(bench, "aedes.households"), figure(bench, "aedes.positive_containers")) == (101, 7)
    page = printed(aedes_ledger(), bench.pest.aedes)
    assert page.count("盆景/水生植物") == 2
    assert page.count("翻盆倒罐") == 2
    assert "发小册子60册" in page


def test_gaps_found_after_a_campaign_are_filled_and_measured_again(bench):
    place(bench)
    bench.pest.density.record(density(date(2026, 5, 20), "100", 6))
    bench.pest.treatments.record(treated(date(2026, 5, 22), "3", remark="查遗补漏：4栋地下室"))
    bench.pest.density.record(density(date(2026, 6, 5), "100", 1))
    assert figure(bench, "density.室内鼠迹阳性率", "2026-05") == 6
    assert figure(bench, "density.室内鼠迹阳性率", "2026-06") == 1
    assert "查遗补漏：4栋地下室" in printed(treatment_ledger(), bench.pest.treatments)


@pytest.mark.parametrize("where", ["道路绿化带", "预留地", "待建地"])
def test_open_ground_is_treated_and_printed_with_its_area(bench, where):
    place(bench, where, "其他")
    bench.pest.treatments.record(treated(date(2026, 4, 2), "2", place=where, area_m2=Decimal(1200)))
    assert figure(bench, "pest.area_m2") == 1200
    page = printed(treatment_ledger(), bench.pest.treatments)
    assert where in page
    assert "1,200" in page


def test_who_is_in_charge_and_who_lays_the_bait_stand_on_paper(bench):
    place(bench, manager="贺建军")
    bench.pest.stock.record(stock(1, "入库", "100", handler="罗晓梅"))
    bench.pest.stock.record(stock(2, "领用", "11", handler="罗晓梅", receiver="钱消杀"))
    bench.pest.treatments.record(treated(date(2026, 3, 2), operator="钱消杀"))
    assert "钱消杀" in printed(treatment_ledger(), bench.pest.treatments)
    stock_page = printed(stock_ledger(), bench.pest.stock)
    assert "罗晓梅" in stock_page
    assert "钱消杀" in stock_page


def test_places_that_a_campaign_missed_are_listed_with_who_is_in_charge(bench):
    place(bench, "渔村", manager="贺建军", household_count=150)
    place(bench, "唐苑新村", manager="周建国", household_count=80)
    place(bench, "翠湖苑")
    bench.places.create(PlaceDraft("1栋", "楼栋", parent=next(
        row.name for row in bench.places.all() if row.name == "翠湖苑"
    )))  # fmt: skip
    place(bench, "3号站", "毒饵站")
    place(bench, "便民超市", "商铺")  # nobody lays bait for each shop
    bench.pest.treatments.record(treated(date(2026, 5, 8), place="渔村"))
    bench.pest.treatments.record(treated(date(2026, 6, 8), place="唐苑新村"))
    bench.pest.treatments.record(treated(date(2026, 6, 9), place="1栋"))
    june = parse_period("2026-06")
    rows = bench.ledgers.read("投药漏点清单", june).rows
    assert [(row.place.name, row.last_on) for row in rows] == [("渔村", date(2026, 5, 8)), ("3号站", None)]
    page = bench.ledgers.pdf("投药漏点清单", june)
    document = PdfDocument(page)
    words = "".join(one.get_textpage().get_text_range() for one in document)
    document.close()
    for word in ("渔村", "贺建军", "2026年5月8日", "还没有投过"):
        assert word in words
    assert "唐苑新村" not in words
    bench.pest.treatments.record(treated(date(2026, 6, 10), place="渔村", remark="查漏补投"))
    assert [row.place.name for row in bench.ledgers.read("投药漏点清单", june).rows] == ["3号站"]
