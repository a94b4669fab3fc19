from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject, QThread

from desktop.foundation.errors import EnvironmentFailure
from desktop.foundation.jobs import JobContext
from desktop.widgets.jobs import JobRunner


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    made.shutdown()


def test_result_arrives_on_the_ui_thread(qtbot, runner):
    seen = []
    runner.start(
        lambda context: threading.get_ident(), done=lambda worker: seen.append((worker, QThread.currentThread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, thread = seen[0]
    assert worker != threading.get_ident()
    assert thread is runner.thread()


def test_jobs_run_in_the_order_they_were_started_and_never_together(qtbot, runner):
    running, order, done = [], [], []

    def job(number: int, context: JobContext) -> int:
        running.append(number)
        assert len(running) == 1
        order.append(number)
        running.remove(number)
        return number

    for number in range(20):
        runner.start(lambda context, number=number: job(number, context), done=done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert order == done == list(range(20))


def test_cancel_stops_a_running_job_and_only_cancelled_is_called(qtbot, runner):
    started, calls = threading.Event(), []

    def endless(context: JobContext) -> None:
        started.set()
        while True:
            context.check()

    context = runner.start(
        endless,
        done=lambda _: calls.append("done"),
        failed=lambda _: calls.append("failed"),
        cancelled=lambda: calls.append("cancelled"),
    )
    assert started.wait(5)
    context.cancel()
    qtbot.waitUntil(lambda: not runner.busy)
    assert calls == ["cancelled"]


def test_a_job_cancelled_while_waiting_never_starts(qtbot, runner):
    gate, ran, calls = threading.Event(), [], []
    runner.start(lambda context: gate.wait(5))
    waiting = runner.start(lambda context: ran.append(1), cancelled=lambda: calls.append("cancelled"))
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: calls == ["cancelled"])
    assert ran == []


def test_failure_hands_over_the_very_exception(qtbot, runner):
    error, calls = EnvironmentFailure("U盘满了。"), []

    def job(context: JobContext) -> None:
        raise error

    runner.start(job, done=lambda _: calls.append("done"), failed=calls.append)
    qtbot.waitUntil(lambda: bool(calls))
    assert calls == [error]


def test_a_failure_nobody_listens_to_is_logged_without_its_text(qtbot, runner, caplog):
    def job(context: JobContext) -> None:
        raise ValueError("吴淑珍")

    runner.start(job)
    qtbot.waitUntil(lambda: not runner.busy)
    qtbot.waitUntil(lambda: bool(caplog.records))
    assert "ValueError" in caplog.text
    assert "吴淑珍" not in caplog.text


def test_progress_is_thinned_but_the_last_step_arrives_before_the_result(qtbot, runner):
    events = []

    def job(context: JobContext) -> str:
        for done in range(1, 10_001):
            context.report(done, 10_000)
        return "fertig"

    runner.start(job, progressed=lambda done, total: events.append((done, total)), done=events.append)
    qtbot.waitUntil(lambda: bool(events) and events[-1] == "fertig")
    assert events[-2] == (10_000, 10_000)
    assert len(events) < 200


def test_a_callback_of_a_deleted_widget_is_left_out(qtbot, runner):
    class Page(QObject):
        def show_result(self, result: object) -> None:
            raise AssertionError("called on a deleted page")

    gate, page = threading.Event(), Page()
    runner.start(lambda context: gate.wait(5), done=page.show_result)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    with qtbot.waitSignal(runner.busy_changed, check_params_cb=lambda busy: not busy):
        gate.set()


def test_busy_is_announced_once_for_a_row_of_jobs(qtbot, runner):
    changes, done = [], []
    runner.busy_changed.connect(changes.append)
    gate = threading.Event()
    runner.start(lambda context: gate.wait(5), done=done.append)
    runner.start(lambda context: None, done=done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert changes == [True, False]


def test_shutdown_stops_the_running_job_and_takes_no_more(qapp):
    runner, calls, started = JobRunner(), [], threading.Event()

    def endless(context: JobContext) -> None:
        started.set()
        while True:
            context.check()

    runner.start(endless, cancelled=lambda: calls.append("cancelled"))
    assert started.wait(5)
    assert not runner.closed
    runner.shutdown()
    runner.shutdown()
    assert runner.closed
    assert calls == []
    with pytest.raises(RuntimeError):
        runner.start(lambda context: None)


@pytest.mark.usefixtures("searching")
def test_the_collector_rests_while_a_job_is_open_so_that_no_widget_dies_on_the_worker(qtbot):
    runner = JobRunner()
    seen = []
    runner.start(lambda _context: gc.isenabled(), done=seen.append)
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert seen == [False]
    assert gc.isenabled()
    runner.shutdown()


@pytest.mark.usefixtures("searching")
def test_a_job_cut_off_by_shutdown_lets_the_collector_work_again():
    runner = JobRunner()
    runner.start(lambda _context: None)
    runner.shutdown()
    assert gc.isenabled()
