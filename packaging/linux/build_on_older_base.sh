#!/usr/bin/env bash
# Makes the Linux packages on an older Debian in a folder, so that they run on older systems too: glibc 2.31 instead
# of this computer's. Python comes from the source Debian keeps of it. See docs/releasing.md.
#
#   build_on_older_base.sh      as root; about fifteen minutes, 2 GB below build/older
#   JUWEI_OLDER_ROOT=folder     a root that is kept elsewhere
set -euo pipefail
clone=$(cd "$(dirname "$0")/../.." && pwd)
work=$clone/build/older
root=${JUWEI_OLDER_ROOT:-$work/root}

PYTHON=3.11.2
PYTHON_SHA256=2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849
# To compile Python with, to read libraries with, and what Qt wants to be there.
TOOLS="gcc make libc6-dev pkg-config libssl-dev libffi-dev zlib1g-dev libbz2-dev liblzma-dev libsqlite3-dev xz-utils
    binutils dpkg-dev"

say() { printf '%s\n' "$1"; }
stop() { printf '%s\n' "$1" >&2; exit 3; }

[ "$(id -u)" = 0 ] || stop "要用 root 运行 (run as root: it makes a Debian root and mounts /proc in it)"
command -v debootstrap >/dev/null || stop "请先装上：apt-get install debootstrap (please install debootstrap)"
mkdir -p "$work"

# A mount namespace of its own: whatever happens, nothing stays mounted.
in_root() {
    unshare --mount --propagation private sh -c '
        mountpoint -q "$0/proc" || mount -t proc proc "$0/proc"
        exec chroot "$0" env -i PATH=/opt/python/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"' \
        "$root" "$@"
}

qt_packages() {
    (cd "$clone/packaging" && python3 -c '
import system_parts as parts
print(*sorted({*parts.QT_LIBRARIES.values(), *parts.WINDOW_LIBRARIES.values(), "libcups2"}))')
}

make_root() {
    [ ! -e "$root/.ready" ] || return 0
    say "正在建立旧版 Debian (making an older Debian)"
    debootstrap --variant=minbase --include=ca-certificates bullseye "$root" >"$work/debootstrap.log"
    mirror=$(sed -n 's/^deb \([^ ]*\) .*/\1/p' "$root/etc/apt/sources.list" | head -n 1)
    printf 'deb-src %s bookworm main\n' "$mirror" >"$root/etc/apt/sources.list.d/newer-source.list"
    # shellcheck disable=SC2046,SC2086
    in_root sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "$@"' sh $TOOLS $(qt_packages) >"$work/apt.log" 2>&1
    touch "$root/.ready"
}

make_python() {
    [ ! -x "$root/opt/python/bin/python3.11" ] || return 0
    say "正在编译 Python $PYTHON (compiling Python)"
    in_root sh -ec '
        mkdir -p /build && cd /build
        apt-get source -qq --download-only python3.11
        printf "%s  python3.11_%s.orig.tar.gz\n" "$2" "$1" | sha256sum -c --quiet
        tar xf "python3.11_$1.orig.tar.gz"
        cd "Python-$1"
        ./configure -q --prefix=/opt/python --enable-shared --without-static-libpython LDFLAGS=-Wl,-rpath,/opt/python/lib
        make -s -j"$(nproc)"
        make -s install' sh "$PYTHON" "$PYTHON_SHA256" >"$work/python.log" 2>&1
}

make_root
make_python
mkdir -p "$root/build/clone"
(cd "$clone" && tar cf - --exclude=__pycache__ desktop resources packaging pyproject.toml README.md LICENSE) |
    tar xf - -C "$root/build/clone"
# Where this computer has certificates of its own for pip, the root needs them too.
certificates=${PIP_CERT:-$(python3 -m pip config get global.cert 2>/dev/null || true)}
[ -z "$certificates" ] || cp "$certificates" "$root/build/certificates.pem"
in_root ${certificates:+env PIP_CERT=/build/certificates.pem} \
    python3.11 /build/clone/packaging/dev.py package linux
mkdir -p "$clone/build/package"
cp "$root"/build/clone/build/package/*.deb "$root"/build/clone/build/package/*.run "$clone/build/package/"
