"""A notice for many on a real file: one copy each, one number for all, and nobody's name in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.foundation.errors import InputError, NotAllowed
from desktop.foundation.jobs import JobCancelled, JobContext
from desktop.notices.rules import Layout
from desktop.register.audience import Audience
from desktop.register.rights import Role
from desktop.register.service.recipients import RecipientService
from tests.factories import id_number
from tests.register.making import resident

VACCINE = {
    "疫苗名称": "流感疫苗", "接种日期": "2026-06-20", "时间": "上午8:00至11:00", "接种地点": "社区卫生服务站",
    "联系电话": "0000-5550126",
}  # fmt: skip
CHECKUP = {
    "承办单位": "和平街道社区卫生服务中心", "截止日期": "2026-12-31", "开始日期": "2026-07-01",
    "时间": "上午7:30至10:00", "体检地点": "一楼", "联系电话": "0000-5550126",
}  # fmt: skip


@pytest.fixture
def mailing(bench):
    return bench.notices.mailing


@pytest.fixture
def three(bench):
    """Two in one home, one of them a child with a rare character, and a patient of 76 in another 小区."""
    resident(bench, name="陈𬸚", id_number=id_number(date(2020, 5, 2), 2), head_name="陈德顺", relation="孙女")
    resident(bench, name="陈德顺", id_number=id_number(date(1949, 3, 8), 1), head_name="陈德顺", relation="户主")
    resident(
        bench, name="林桂英", id_number=id_number(date(1950, 3, 8), 2), place="桂花苑", building="1", unit="",
        room="101", tags=("高血压",),
    )  # fmt: skip


def written(bench, template, values, audience, **changes):
    draft = bench.notices.composing.begin(template)
    return replace(draft, values={**draft.values, **values}, audience=audience, **changes)


def page_texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def test_every_resident_gets_a_copy_with_name_and_door_under_one_number(bench, mailing, three, text_of):
    draft = written(bench, "vaccine", VACCINE, Audience())
    row = mailing.issue(draft, JobContext())
    text = text_of(bench.notices.issued.pdf(row.id))
    for name in ("陈𬸚", "陈德顺", "林桂英"):
        assert f"{name}的家长：" in text
    assert "翠湖苑3号楼2单元501陈𬸚" in text
    assert "桂花苑1号楼101林桂英" in text
    assert text.count("后社告〔2026〕1号") == 3
    assert (row.recipients, row.copies) == ("全部小区的居民", 3)
    assert bench.notices.composing.next_number() == "后社告〔2026〕2号"


def test_the_record_holds_count_and_filter_but_no_name(bench, mailing, three):
    row = mailing.issue(written(bench, "vaccine", VACCINE, Audience(age_to=6)), JobContext())
    assert (row.recipients, row.copies) == ("全部小区（6岁及以下）的居民", 1)
    for name in ("陈𬸚", "陈德顺", "翠湖苑"):
        assert list(bench.notices.issued.ids(name)) == []
        assert name not in repr(row.given)
    assert list(bench.notices.issued.ids("〔姓名〕的家长")) == [row.id]


def test_each_household_gets_one_copy_called_by_its_head(bench, mailing, three, text_of):
    draft = written(bench, "checkup", CHECKUP, Audience(homes=True, place="翠湖苑"), layout=Layout.LEAFLET)
    text = text_of(mailing.draft_pdf(draft, JobContext()))
    assert text.count("陈德顺及家人：") == 1
    assert "登记的住址是：翠湖苑3号楼2单元501。" in text
    assert "草稿" in text
    draft = replace(draft, audience=Audience(homes=True, place="桂花苑"))
    assert "各位住户：" in text_of(mailing.draft_pdf(draft, JobContext()))


def test_copies_share_a_page_and_official_ones_do_not(bench, mailing, three):
    draft = written(bench, "vaccine", VACCINE, Audience())
    pages = page_texts(mailing.draft_pdf(draft, JobContext()))
    assert [page.count("预防接种通知") for page in pages] == [2, 1]
    assert "沿虚线剪开" in pages[0]
    official = replace(draft, layout=Layout.OFFICIAL)
    assert len(page_texts(mailing.draft_pdf(official, JobContext()))) == 3


def test_the_first_copies_are_shown_with_the_number_of_all(bench, mailing, three, text_of):
    found = mailing.preview(written(bench, "general", {"标题": "开会"}, Audience(age_from=65), layout=Layout.LEAFLET))
    text = text_of(found.pdf)
    assert found.count == 2
    assert "陈德顺先生：" in text
    assert "【正文】" in text


def test_without_an_audience_nothing_of_a_person_is_left_on_the_page(bench, text_of):
    draft = written(bench, "checkup", CHECKUP, None)
    text = text_of(bench.notices.composing.draft_pdf(draft))
    assert "各位老人和家属" in text
    assert "登记的住址" not in text
    assert "〔" not in text.replace("〔2026〕", "")


def test_nobody_to_write_to_is_a_sentence_and_takes_no_number(bench, mailing, three):
    draft = written(bench, "vaccine", VACCINE, Audience(place="桂花苑", age_to=6))
    for doing in (mailing.preview, lambda one: mailing.issue(one, JobContext())):
        with pytest.raises(InputError, match="没有桂花苑（6岁及以下）的居民，请换一个条件。"):
            doing(draft)
    with pytest.raises(InputError, match="没有小区“月亮湾”。有居民的小区是：桂花苑、翠湖苑。"):
        mailing.preview(replace(draft, audience=Audience(place="月亮湾")))
    assert bench.notices.composing.next_number() == "后社告〔2026〕1号"


def test_a_poster_and_wrong_ages_are_named_before_anything_is_drawn(bench, mailing, three):
    draft = written(bench, "checkup", CHECKUP, Audience(age_from=70, age_to=60))
    with pytest.raises(InputError) as error:
        mailing.issue(draft, JobContext())
    assert {problem.field for problem in error.value.problems} == {"age", "layout"}


def test_who_may_not_see_health_finds_nobody_by_it_nor_reads_their_pages(bench, bench_as, mailing, three):
    tagged = Audience(tag="高血压")
    row = mailing.issue(written(bench, "vaccine", VACCINE, tagged), JobContext())
    assert (row.recipients, row.copies, row.of_health) == ("全部小区（高血压）的居民", 1, True)
    office = bench_as(Role.GRID).notices
    for doing in (
        lambda: office.mailing.preview(written(bench, "vaccine", VACCINE, tagged)),
        lambda: office.mailing.issue(written(bench, "vaccine", VACCINE, tagged), JobContext()),
        lambda: office.mailing.recipients.count(tagged),
        lambda: office.issued.pdf(row.id),
    ):
        with pytest.raises(NotAllowed, match="查看健康情况"):
            doing()
    seen = office.issued.rows([row.id])[0]
    assert (seen.recipients, seen.copies, seen.pages) == ("", 1, 0)
    assert "高血压" not in office.mailing.recipients.choices()[1]
    assert "65岁及以上" in office.mailing.recipients.choices()[1]
    assert office.mailing.preview(written(bench, "vaccine", VACCINE, Audience())).count == 3


def test_a_reader_looks_but_issues_nothing(bench, bench_as, three):
    office = bench_as(Role.READER).notices
    draft = written(bench, "vaccine", VACCINE, Audience())
    assert office.mailing.preview(draft).count == 3
    with pytest.raises(NotAllowed):
        office.mailing.issue(draft, JobContext())


def test_who_has_left_gets_nothing(bench, mailing, three):
    resident(bench, name="赵迁", dwelling_state="迁出", changed_on=date(2026, 1, 1))
    assert mailing.recipients.count(Audience()) == 3
    assert mailing.recipients.count(Audience(homes=True)) == 2


def test_stopping_takes_no_number_and_keeps_no_page(bench, mailing, three):
    context = JobContext()
    context.cancel()
    with pytest.raises(JobCancelled):
        mailing.issue(written(bench, "vaccine", VACCINE, Audience()), context)
    assert list(bench.notices.issued.ids()) == []
    assert bench.notices.composing.next_number() == "后社告〔2026〕1号"


def test_progress_is_told(bench, mailing, three):
    told = []
    mailing.draft_pdf(
        written(bench, "vaccine", VACCINE, Audience(), layout=Layout.OFFICIAL),
        JobContext(lambda done, total: told.append((done, total))),
    )
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_recipients_do_not_show_in_reprs(bench, three):
    found = RecipientService(bench.store, bench.officer, bench.clock).find(Audience())
    assert "陈" not in repr(found)
    assert "翠湖苑" not in repr(found)
