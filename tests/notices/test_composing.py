"""Writing and issuing on a real file: what records fill in, what is refused, and numbers without gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.foundation.errors import InputError, NotAllowed
from desktop.notices.rules import Layout, NoticeText
from tests.notices.making import bait, finding, lecture, posting, treated


@pytest.fixture
def composing(bench):
    return bench.notices.composing


def test_a_notice_begins_with_what_the_profile_knows(bench, composing):
    values = composing.begin("bait").values
    assert (values["落款单位"], values["联系人"]) == ("后环社区居民委员会", "沈玉琴")
    assert values["落款日期"] == "2026年6月17日"
    assert values["开始日期"] == ""


def test_an_incomplete_notice_names_everything_and_takes_no_number(bench, composing):
    draft = composing.begin("bait")
    with pytest.raises(InputError) as error:
        composing.issue(draft)
    assert {problem.field for problem in error.value.problems} == {
        "开始日期",
        "结束日期",
        "投放范围",
        "药物一",
        "联系电话",
    }
    assert list(bench.notices.issued.ids()) == []
    assert composing.next_number() == "后社告〔2026〕1号"


def test_the_notice_of_a_campaign_comes_from_its_treatments(bench, composing):
    rows = treated(bench, date(2026, 6, 9), date(2026, 6, 11))
    occasion = composing.of_record(rows[1].id)
    assert occasion.template == "bait"
    values = composing.begin(occasion.template, occasion).values
    assert (values["开始日期"], values["结束日期"]) == ("2026年6月9日", "2026年6月11日")
    assert (values["投放范围"], values["药物一"]) == ("桂花苑（毒饵站投放）", "0.005%溴敌隆饵粒")
    assert values["登记证号"] == "WP20080001"
    assert [one.title for one in composing.occasions(date(2026, 6, 1), date(2026, 6, 30))] == [
        "2026年6月9日灭鼠：桂花苑"
    ]


def test_another_pest_gives_the_notice_about_spraying(bench, composing):
    row = treated(bench, date(2026, 6, 9), pest="蚊")[0]
    occasion = composing.of_record(row.id)
    assert (occasion.template, occasion.fields["防制对象"]) == ("spraying", "蚊")


def test_activities_and_findings_fill_their_own_templates(bench, composing):
    activity, open_finding = lecture(bench), finding(bench)
    told = composing.begin("activity", composing.of_record(activity.id)).values
    assert (told["活动名称"], told["活动日期"], told["时间"]) == ("高血压健康讲座", "2026年6月25日", "14:30")
    measuring = lecture(bench, name="义务量血压", category="健康服务")
    assert composing.of_record(measuring.id).template == "pressure"
    told = composing.begin("rectification", composing.of_record(open_finding.id)).values
    assert (told["受送单位"], told["存在问题"], told["整改期限"]) == ("安居物业", "楼道堆放纸箱", "2026年6月12日")
    assert told["复查日期"] == "2026年6月15日"  # the 13th is a Saturday


def test_each_slice_is_asked_only_for_what_it_can_fill(bench, composing):
    lecture(bench)
    treated(bench, date(2026, 6, 9))
    days = (date(2026, 6, 1), date(2026, 6, 30))
    assert [one.template for one in composing.occasions(*days, "activity")] == ["activity"]
    assert [one.template for one in composing.occasions(*days, "bait")] == ["bait"]
    assert composing.occasions(*days, "fire") == []
    assert {one.template for one in composing.occasions(*days)} == {"activity", "bait"}


def test_a_draft_says_so_and_an_issued_notice_bears_its_number(bench, composing, text_of):
    draft = bait(bench)
    assert "草稿" in text_of(composing.draft_pdf(draft))
    row = composing.issue(draft)
    pages = bench.notices.issued.pdf(row.id)
    assert row.number == "后社告〔2026〕1号"
    assert "后社告〔2026〕1号" in text_of(pages)
    assert "草稿" not in text_of(pages)
    for words in ("2026年6月15日至2026年6月28日", "0.005%溴敌隆饵粒", "维生素K1，由医生使用", "邓文斌", "0000-5550126"):
        assert words in text_of(pages)
    assert all(point.met for point in composing.points(draft))


def test_numbers_run_on_per_year_and_a_void_one_stays_taken(bench, composing, clock):
    first, second = composing.issue(bait(bench)), composing.issue(bait(bench))
    voided = bench.notices.issued.void(first.id, "时间写错", version=first.version)
    assert (voided.voided_on, voided.void_reason) == (clock.today(), "时间写错")
    third = composing.issue(bait(bench))
    assert [row.number[-3:] for row in (first, second, third)] == ["〕1号", "〕2号", "〕3号"]
    earlier = composing.issue(bait(bench, 落款日期="2025-12-31"))
    assert earlier.number == "后社告〔2025〕1号"


def test_pages_come_back_byte_for_byte_after_the_template_was_rewritten(bench, composing):
    row = composing.issue(bait(bench))
    before = bench.notices.issued.pdf(row.id)
    bench.notices.templates.keep("bait", NoticeText("新标题", "", ("{投放范围}投药。",)), version=0)
    assert bench.notices.issued.pdf(row.id) == before
    again = composing.issue(bait(bench))
    assert (row.edition, again.edition) == ("2026", "2026，本单位改写")


def test_issuing_cannot_be_undone(bench, composing):
    composing.issue(bait(bench))
    assert bench.journal.last_undoable(bench.officer.staff_id) is None


def test_issued_notices_are_found_by_number_title_and_what_stands_in_them(bench, composing):
    row = composing.issue(bait(bench))
    issued = bench.notices.issued
    for text in ("1号", "灭鼠", "桂花苑1—3", "沈玉琴"):
        assert list(issued.ids(text)) == [row.id], text
    assert list(issued.ids("停水")) == []
    assert issued.uses() == {"bait": 1}


def test_doses_in_the_committees_own_words_are_refused(bench, composing):
    text = NoticeText(
        "灭鼠投药告知书", "", ("{开始日期}至{结束日期}在{投放范围}投{药物一}。误食口服维生素K1 10mg，先催吐。",)
    )
    bench.notices.templates.keep("bait", text, version=0)
    with pytest.raises(InputError, match="剂量") as error:
        composing.issue(bait(bench))
    assert [problem.code for problem in error.value.problems] == ["forbidden", "forbidden"]
    assert any(not point.met for point in composing.points(bait(bench)))


def test_the_place_of_the_seal_is_shown_on_the_screen_only(bench, composing, text_of):
    draft = replace(bait(bench), layout=Layout.OFFICIAL)
    assert "在此处盖章" in text_of(composing.preview(draft))
    assert "在此处盖章" not in text_of(composing.draft_pdf(draft))
    assert "在此处盖章" not in text_of(composing.preview(replace(draft, sealed=False)))
    row = composing.issue(draft)
    assert "在此处盖章" not in text_of(bench.notices.issued.pdf(row.id))


def test_without_a_seal_name_and_date_stand_otherwise(bench, composing):
    draft = replace(bait(bench), layout=Layout.OFFICIAL)
    assert composing.draft_pdf(draft) != composing.draft_pdf(replace(draft, sealed=False))


def test_every_layout_is_made_of_the_same_words(bench, composing, text_of):
    for layout in Layout:
        words = text_of(composing.draft_pdf(replace(bait(bench), layout=layout)))
        assert "维生素K1" in words, layout
        assert "桂花苑1—3号楼" in words, layout


def test_a_reader_looks_but_issues_and_voids_nothing(bench, reader_bench, text_of):
    row = bench.notices.composing.issue(bait(bench))
    office = reader_bench.notices
    assert "维生素K1" in text_of(office.issued.pdf(row.id))
    for doing in (
        lambda: office.composing.issue(bait(reader_bench)),
        lambda: office.issued.void(row.id, "x", version=1),
        lambda: office.templates.keep("bait", NoticeText("a", "", ("b",)), version=0),
        lambda: office.postings.record(posting()),
    ):
        with pytest.raises(NotAllowed):
            doing()
