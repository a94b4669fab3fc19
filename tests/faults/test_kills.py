"""Kill -9 in the middle of giving the file a new key; saving, importing, backing up, restoring and upgrading have
their own in tests/store/test_processes.py and tests/safekeeping/test_kills.py."""

from __future__ import annotations

import random
import time

from tests.conftest import OFFICERS, PASSWORD
from tests.faults import children
from tests.faults.conftest import tries
from tests.safekeeping.children import Child, seconds_of
from tests.safekeeping.making import figures, signed_in


def test_a_re_keying_killed_anywhere_leaves_one_whole_file_that_every_password_opens(community):
    folder, _stick = community
    with signed_in(folder) as bench:
        before = figures(bench)
    chance, done, hit = random.Random(29), 0, 0
    lasts_s = seconds_of(Child(children.rekey_for_ever, folder.path))
    for _ in range(tries(12)):
        worker = Child(children.rekey_for_ever, folder.path)
        assert worker.next_word() == "begins"
        time.sleep(chance.uniform(0, 2 * lasts_s))
        done += len(worker.kill())
        hit += len(list((folder.path / "generations").iterdir())) > 1
        for role in ("主任", "网格员"):
            with signed_in(folder, staff=OFFICERS[role], password=PASSWORD) as bench:
                assert all(line.ok for line in bench.check())
                if role == "主任":
                    assert figures(bench) == before
    assert done > 0, "no new key was ever finished"
    assert hit > 0, "no kill hit the middle"
