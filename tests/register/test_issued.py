"""The number register: without gaps, never twice, also beside another process and one that is killed."""

from __future__ import annotations

import multiprocessing
from datetime import date

import pytest

from desktop.foundation.errors import EnvironmentFailure, InputError, NotAllowed
from desktop.register.service.issued import Issue, Paper
from tests.register import issuing_children

_START_S = 60
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.register.issuing_children"])


@pytest.fixture
def issued(bench):
    return bench.notices.issued


def issue(service, title="标题", day=date(2026, 6, 17)):
    return service.issue(Issue("告", "bait", "告知书", title, day), lambda number: Paper(number.encode(), 1))


def numbers(service):
    return [row.number for row in service.rows(list(service.ids()))]


def test_looking_at_the_next_number_takes_none(issued):
    assert issued.next_number("告") == issued.next_number("告") == "后社告〔2026〕1号"
    assert issue(issued).number == "后社告〔2026〕1号"
    assert issued.next_number("告") == "后社告〔2026〕2号"
    assert issued.next_number("告", date(2027, 1, 1)) == "后社告〔2027〕1号"


def test_pages_that_cannot_be_kept_take_no_number(issued, monkeypatch):
    def full(_data):
        raise EnvironmentFailure("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr(issued._blobs, "put", full)
        with pytest.raises(EnvironmentFailure):
            issue(issued)
    assert issue(issued).number == "后社告〔2026〕1号"


def test_a_colleague_who_was_faster_gets_his_number_and_the_pages_are_drawn_again(issued, health_bench):
    drawn = []

    def draw(number):
        drawn.append(number)
        if len(drawn) == 1:
            issue(health_bench.notices.issued, "同事的")
        return Paper(number.encode(), 1)

    row = issued.issue(Issue("告", "bait", "告知书", "我的", date(2026, 6, 17)), draw)
    assert drawn == ["后社告〔2026〕1号", "后社告〔2026〕2号"]
    assert row.number == "后社告〔2026〕2号"
    assert issued.pdf(row.id) == "后社告〔2026〕2号".encode()


def test_two_processes_and_a_kill_leave_no_gap_and_no_number_twice(folder, issued):
    said = []
    for _ in range(3):
        line, theirs = _context.Pipe()
        child = _context.Process(target=issuing_children.issue_for_ever, args=(folder.path, theirs), daemon=True)
        child.start()
        theirs.close()
        for _ in range(4):
            assert line.poll(_START_S), "the child said nothing"
            said.append(line.recv())
            said.append(issue(issued).number)
        child.kill()
        child.join()
        try:
            while line.poll():
                said.append(line.recv())
        except EOFError:
            pass
        line.close()
    kept = numbers(issued)
    assert len(kept) == len(set(kept))
    assert set(said) <= set(kept)
    assert sorted(int(number.split("〕")[1].removesuffix("号")) for number in kept) == list(range(1, len(kept) + 1))
    for issued_id in issued.ids():
        assert issued.pdf(issued_id) == issued.rows([issued_id])[0].number.encode()


def test_a_document_is_void_with_a_reason_once(issued):
    row = issue(issued)
    with pytest.raises(InputError, match="原因"):
        issued.void(row.id, " ", version=row.version)
    row = issued.void(row.id, "时间写错，另发", version=row.version)
    with pytest.raises(InputError, match="已经作废"):
        issued.void(row.id, "再来", version=row.version)


def test_the_director_chooses_the_word_and_the_numbers_count_on(issued, health_bench):
    issue(issued)
    with pytest.raises(NotAllowed):
        health_bench.notices.issued.change_words({"告": "幸居通"})
    with pytest.raises(InputError, match="只写字"):
        issued.change_words({"告": "幸〔2026〕"})
    issued.change_words({"告": " 幸居通 "})
    assert issue(issued).number == "幸居通〔2026〕2号"
    issued.change_words({"告": "幸居"})
    assert issued.word("告") == "幸居"


def test_no_two_series_begin_alike(issued):
    with pytest.raises(InputError, match="不能一样") as refused:
        issued.change_words({"告": "幸居", "整改": "幸居"})
    assert [problem.field for problem in refused.value.problems] == ["整改"]
    issued.change_words({"整改": "后居整改"})
    with pytest.raises(InputError, match="不能一样"):
        issued.change_words({"告": "后居整改"})
    assert (issued.word("告"), issued.word("整改")) == ("后社告", "后居整改")
