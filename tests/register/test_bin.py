from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.foundation.errors import InputError, NotAllowed
from desktop.health.binned import VISITS_BIN
from desktop.health.rules import VisitDraft
from desktop.register.rights import Role
from desktop.register.rules import ResidentDraft
from desktop.register.service.bin import BinKey, BinService
from desktop.register.service.bin_kinds import PLACES_BIN, RESIDENTS_BIN
from desktop.register.service.places import PlaceDraft
from tests.factories import id_number

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
KINDS = (PLACES_BIN, RESIDENTS_BIN, VISITS_BIN)
PERSON = ResidentDraft(
    name="林桂英", place="翠湖苑", building="3栋", room="501", no_id_reason="暂缺证件", tags=("独居",)
)


@pytest.fixture
def binned(bench):
    return BinService(bench.store, bench.officer, KINDS)


def test_a_reader_sees_the_bin_but_cannot_put_back(bench, reader_bench):
    place = bench.places.create(PlaceDraft("渔村", "小区"))
    bench.places.remove(place)
    service = BinService(reader_bench.store, reader_bench.officer, KINDS)
    assert [row.may_put_back for row in service.rows(service.listed())] == [False]
    with pytest.raises(NotAllowed):
        service.put_back(service.listed()[0])


def test_who_may_not_see_health_never_sees_binned_visits(bench, grid_bench):
    person = bench.residents.create(PERSON)
    visit = bench.health.record(person, VisitDraft(visited_on=date(2026, 6, 1), service="高血压随访"))
    bench.health.remove(visit.id)
    service = BinService(grid_bench.store, grid_bench.officer, KINDS)
    assert service.words == ("点位", "居民")
    assert service.listed() == []
    with pytest.raises(InputError):
        service.put_back(BinKey("健康服务", visit.id))


def test_a_line_says_what_when_and_by_whom(bench, binned, clock):
    bench.residents.remove(bench.residents.create(PERSON))
    (row,) = binned.rows(binned.listed())
    assert (row.key.word, row.title, row.staff_name) == ("居民", "林桂英  翠湖苑 3栋501", "沈玉琴")
    assert row.at == clock.now()


def test_a_resident_comes_back_with_the_tags_it_had(bench, binned):
    person = bench.residents.create(PERSON)
    bench.residents.remove(person)
    assert binned.put_back(binned.listed()[0]) == "恢复居民：林桂英  翠湖苑 3栋501"
    assert bench.residents.card(person).tags == ("独居",)
    assert binned.listed() == []
    assert [row.name for row in bench.residents.search("林桂英")] == ["林桂英"]


def test_a_number_given_to_somebody_else_meanwhile_keeps_the_record_in_the_bin(bench, binned):
    number = id_number()
    draft = ResidentDraft(name="林桂英", place="翠湖苑", id_number=number)
    first = bench.residents.create(draft)
    bench.residents.remove(first)
    bench.residents.create(draft)
    with pytest.raises(InputError, match="已经登记在另一份档案里") as refused:
        binned.put_back(BinKey("居民", first))
    assert number not in str(refused.value)
    assert [key.record_id for key in binned.listed()] == [first]


def test_a_place_whose_name_was_taken_stays_in_the_bin(bench, binned):
    first = bench.places.create(PlaceDraft("渔村", "小区"))
    bench.places.remove(first)
    bench.places.create(PlaceDraft("渔 村", "小区"))
    with pytest.raises(InputError, match="底册里又有了一个“渔村”"):
        binned.put_back(BinKey("点位", first))


def test_a_place_inside_a_binned_place_asks_for_the_outer_one_first(bench, binned):
    outer = bench.places.create(PlaceDraft("渔村", "小区"))
    inner = bench.places.create(PlaceDraft("渔村垃圾房", "垃圾房", parent="渔村"))
    bench.places.remove(inner)
    bench.places.remove(outer)
    with pytest.raises(InputError, match="点位“渔村（小区）”也在回收站里"):
        binned.put_back(BinKey("点位", inner))
    binned.put_back(BinKey("点位", outer))
    binned.put_back(BinKey("点位", inner))
    assert {row.name for row in bench.places.all()} == {"渔村", "渔村垃圾房"}


def test_one_person_of_an_undone_import_comes_back_with_dwelling_and_place(bench, binned):
    verdict = bench.intake.confirm(bench.intake.preview("residents", SAMPLES / "residents_messy.xlsx"))
    bench.intake.undo(verdict.batch)
    rows = binned.rows(binned.listed("居民"))
    assert len(rows) == 32
    assert {row.staff_name for row in rows} == {"沈玉琴"}
    binned.put_back(rows[0].key)
    assert bench.residents.count() == (1, 1)
    assert [place.name for place in bench.places.all()] == ["幸福里"]


def test_what_was_put_back_already_is_not_put_back_twice(bench, binned):
    place = bench.places.create(PlaceDraft("渔村", "小区"))
    bench.places.remove(place)
    key = binned.listed()[0]
    binned.put_back(key)
    with pytest.raises(InputError, match="已经不在回收站里"):
        binned.put_back(key)


def test_the_latest_stands_first_and_a_kind_can_be_picked(bench, binned, clock):
    from datetime import timedelta

    place = bench.places.create(PlaceDraft("渔村", "小区"))
    person = bench.residents.create(PERSON)
    bench.places.remove(place)
    clock.advance(timedelta(hours=1))
    bench.residents.remove(person)
    assert [key.word for key in binned.listed()] == ["居民", "点位"]
    assert [key.record_id for key in binned.listed("点位")] == [place]


def test_roles_see_by_right_not_by_name(bench_as):
    words = {role: BinService(made.store, made.officer, KINDS).words for role in Role for made in [bench_as(role)]}
    assert words[Role.DIRECTOR] == words[Role.HEALTH] == ("点位", "居民", "健康服务")
    assert words[Role.GRID] == words[Role.READER] == ("点位", "居民")
