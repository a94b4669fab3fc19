"""The .deb and the .run put a program where it belongs, change it for a newer one, and leave the data alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from desktop.foundation.jobs import JobContext
from desktop.safekeeping.installers import FOLDER, check_whole, recognise

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux"),
    pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is missing: Debian and its relatives have it"),
    pytest.mark.skipif(shutil.which("xz") is None, reason="xz is missing: apt-get install xz-utils"),
]
SOUND = "#!/bin/sh\n[ \"$1\" != self-test ] || echo '{}'\n"
BROKEN = "#!/bin/sh\necho broken >&2\nexit 3\n"


@pytest.fixture
def maker(script):
    return script("linux_packages")


@pytest.fixture
def program(tmp_path):
    """Make a stand-in for the frozen folder, with a file that tells its version."""

    def make(version, content=SOUND):
        folder = tmp_path / f"frozen-{version}"
        (folder / "_internal").mkdir(parents=True)
        (folder / "juwei").write_text(content, encoding="utf-8")
        (folder / "juwei").chmod(0o755)
        (folder / "_internal" / f"only-{version}").write_text(version, encoding="utf-8")
        return folder

    return make


@contextmanager
def running(path):
    """Have a program run from *path*, as the window of an officer would."""
    shutil.copy("/bin/sleep", path)
    process = subprocess.Popen([path, "60"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


class Computer:
    """A computer in a folder, with dpkg's own books, and an officer's data on it."""

    def __init__(self, root):
        self.root = root
        for folder in ("var/lib/dpkg/updates", "var/lib/dpkg/info", "var/log"):
            (root / folder).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        self.data = root / "home/wang/.local/share/juwei-workbench/generations/a/juwei.db"
        self.data.parent.mkdir(parents=True)
        self.data.write_bytes(b"data")

    def dpkg(self, *arguments):
        force = ["--force-not-root", "--force-depends", "--force-script-chrootless", "--force-bad-path"]
        command = ["dpkg", f"--root={self.root}", f"--log={self.root}/var/log/dpkg.log", *force, *map(str, arguments)]
        return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")

    def has(self, name):
        return (self.root / name).exists() or (self.root / name).is_symlink()


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path / "computer")


@pytest.fixture
def deb(maker, program, tmp_path):
    def make(version):
        out = tmp_path / f"out-{version}"
        out.mkdir()
        return maker.build_deb(program(version), version, ["libc6 (>= 2.31)"], out)

    return make


def test_a_deb_is_installed_upgraded_removed_and_purged_and_the_data_stay(computer, deb):
    done = computer.dpkg("--install", deb("0.1.0"))
    assert done.returncode == 0, done.stderr
    for name in (
        "opt/juwei-workbench/juwei",
        "opt/juwei-workbench/_internal/only-0.1.0",
        "usr/bin/juwei",
        "usr/share/applications/juwei-workbench.desktop",
        "usr/share/mime/packages/juwei-workbench.xml",
        "usr/share/icons/hicolor/48x48/apps/juwei-workbench.png",
        "usr/share/metainfo/org.juwei.workbench.metainfo.xml",
        "usr/share/doc/juwei-workbench/copyright",
    ):
        assert computer.has(name), name
    assert os.access(computer.root / "opt/juwei-workbench/juwei", os.X_OK)
    done = computer.dpkg("--install", deb("0.2.0"))
    assert done.returncode == 0, done.stderr
    assert computer.has("opt/juwei-workbench/_internal/only-0.2.0")
    assert not computer.has("opt/juwei-workbench/_internal/only-0.1.0")
    done = computer.dpkg("--remove", "juwei-workbench")
    assert done.returncode == 0, done.stderr
    assert "资料没有删" in done.stdout
    computer.dpkg("--purge", "juwei-workbench")
    assert not computer.has("opt/juwei-workbench")
    assert not computer.has("usr/share/applications/juwei-workbench.desktop")
    assert computer.data.read_bytes() == b"data"


def test_a_deb_leaves_a_program_that_runs_alone(computer, deb):
    computer.dpkg("--install", deb("0.1.0"))
    newer = deb("0.2.0")
    with running(computer.root / "opt/juwei-workbench/juwei"):
        for arguments in (("--install", newer), ("--remove", "juwei-workbench")):
            done = computer.dpkg(*arguments)
            assert done.returncode != 0
            assert "正在运行" in done.stderr
            assert computer.has("opt/juwei-workbench/_internal/only-0.1.0")
    assert computer.dpkg("--install", newer).returncode == 0
    assert computer.has("opt/juwei-workbench/_internal/only-0.2.0")


def test_the_deb_says_what_it_is_and_how_much_room_it_takes(maker, program, tmp_path):
    folder = program("0.1.0")
    (folder / "_internal" / "large").write_bytes(bytes(400 * 1024))
    made = maker.build_deb(folder, "0.1.0", ["libc6 (>= 2.31)", "libegl1"], tmp_path)
    told = subprocess.run(["dpkg-deb", "--field", made], check=True, capture_output=True, encoding="utf-8").stdout
    assert "Version: 0.1.0\n" in told
    assert "Depends: libc6 (>= 2.31), libegl1\n" in told
    assert 400 <= int(told.split("Installed-Size: ")[1].split("\n")[0]) <= 440  # icons and texts come on top


class User:
    """A user of the home *home*, with data in it."""

    def __init__(self, home):
        self.home = home
        self.program = home / ".local/opt/juwei-workbench"
        self.data = home / ".local/share/juwei-workbench/generations/a/juwei.db"
        self.data.parent.mkdir(parents=True)
        self.data.write_bytes(b"data")

    def run(self, path, *arguments):
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        command = ["sh", path, *arguments]
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL
        )


@pytest.fixture
def user(tmp_path):
    return User(tmp_path / "王 主任")


@pytest.fixture
def setup(maker, program, tmp_path):
    def make(version, content=SOUND):
        out = tmp_path / f"out-{version}"
        out.mkdir()
        return maker.build_run(program(version, content), version, out)

    return make


def test_a_run_installs_for_one_user_upgrades_and_uninstalls_and_the_data_stay(user, setup):
    done = user.run(setup("0.1.0"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "装好了" in done.stdout
    share = user.home / ".local/share"
    entry = (share / "applications/juwei-workbench.desktop").read_text(encoding="utf-8")
    assert f'Exec="{user.program}/juwei" %f\n' in entry
    assert (user.home / ".local/bin/juwei").resolve() == user.program / "juwei"
    done = user.run(setup("0.2.0"), "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in (user.program / "_internal").iterdir()) == ["only-0.2.0"]
    assert sorted(path.name for path in user.program.parent.iterdir()) == ["juwei-workbench"]
    done = user.run(user.program / "setup.sh", "--uninstall")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(user.data.parents[2]) in done.stdout
    # The desktop's own lists of types stay, without us in them.
    left = [path for path in user.home.rglob("*") if "juwei" in str(path.relative_to(user.home)) and not path.is_dir()]
    assert left == [user.data]
    lists = [path for path in (share / "mime").rglob("*") if path.is_file()]
    assert not any(b"juwei" in path.read_bytes() for path in lists)
    assert user.run(setup("0.3.0"), "--uninstall").returncode == 1


def test_a_run_keeps_itself_for_the_emergency_stick_and_can_be_run_from_there(user, setup):
    for version in ("0.1.0", "0.2.0"):
        path = setup(version)
        assert user.run(path).returncode == 0
        (kept,) = (user.program / FOLDER).iterdir()
        assert kept.name == f"juwei-workbench-{version}.run"
        assert kept.read_bytes() == path.read_bytes()
        found = recognise(kept, version=version)
        check_whole(found, JobContext())
    (user.program / "_internal/only-0.2.0").unlink()
    assert user.run(kept, "--silent").returncode == 0
    assert (user.program / "_internal/only-0.2.0").exists()
    assert recognise(kept, version="0.2.0")
    assert user.run(user.program / "setup.sh", "--uninstall").returncode == 0
    assert not user.program.exists()


def test_a_run_that_cannot_keep_itself_installs_all_the_same(user, setup, tmp_path):
    path = setup("0.1.0")
    # As if the disk filled just then.
    path.write_bytes(path.read_bytes().replace(b'cp "$self" "$1/$kept"', b'cp "$self" "$1/none/$kept"', 1))
    done = user.run(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (user.program / "juwei").exists()
    assert not (user.program / FOLDER).exists()


def test_a_run_that_does_not_work_here_leaves_the_old_program(user, setup):
    user.run(setup("0.1.0"))
    done = user.run(setup("0.2.0", BROKEN))
    assert done.returncode == 3
    assert "没有通过自检" in done.stderr
    assert sorted(path.name for path in (user.program / "_internal").iterdir()) == ["only-0.1.0"]
    assert sorted(path.name for path in user.program.parent.iterdir()) == ["juwei-workbench"]


def test_a_run_notices_the_running_program_with_exit_status_5(user, setup):
    user.run(setup("0.1.0"))
    with running(user.program / "juwei"):
        for path, argument in ((setup("0.2.0"), "--silent"), (user.program / "setup.sh", "--uninstall")):
            done = user.run(path, argument)
            assert done.returncode == 5
            assert "正在运行" in done.stderr
    assert (user.program / "_internal/only-0.1.0").exists()


def test_a_damaged_run_is_refused(user, setup):
    path = setup("0.1.0")
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    done = user.run(path)
    assert done.returncode == 3
    assert "安装包不完整" in done.stderr
    assert not user.program.exists()


def test_a_run_says_what_it_can_do_and_refuses_what_it_cannot(user, setup):
    path = setup("0.1.0")
    assert "--uninstall" in user.run(path, "--help").stdout
    assert user.run(path, "--nonsense").returncode == 2


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="a small disk needs root")
def test_a_run_on_a_full_disk_leaves_nothing_half(maker, program, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    folder = program("0.1.0")
    (folder / "_internal" / "large").write_bytes(os.urandom(6_000_000))
    path = maker.build_run(folder, "0.1.0", tmp_path)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", home], check=False).returncode != 0:
        pytest.skip("this computer lets nobody mount a small disk")
    try:
        user = User(home)
        done = user.run(path)
        assert done.returncode == 3
        assert "磁盘空间不够" in done.stderr
        # A disk that fills meanwhile: the same setup, kept from looking first.
        path.write_bytes(path.read_bytes().replace(b"\nNEEDS_KB=", b"\nNEEDS_KB=0 #", 1))
        done = user.run(path)
        assert done.returncode == 3
        assert "已经退回" in done.stderr
        assert list((home / ".local/opt").iterdir()) == []
        assert user.data.read_bytes() == b"data"
    finally:
        subprocess.run(["umount", home], check=True)
