#!/usr/bin/env bash
# Takes a .deb through its life on a bare Debian in a folder: installed with what it depends on and nothing else, used
# by a user whose name is Chinese, upgraded with data, removed, purged. The program runs where no network is.
#
#   verify_deb.sh NEW.deb          as root; JUWEI_VERIFY_ROOT=folder keeps the root elsewhere
set -euo pipefail
# In a mount namespace of its own: whatever happens, nothing stays mounted. All of it in the same one, because programs
# of another are not to be recognised by their path.
[ "${JUWEI_INSIDE:-}" = yes ] || exec env JUWEI_INSIDE=yes unshare --mount --propagation private bash "$0" "$@"
clone=$(cd "$(dirname "$0")/../.." && pwd)
work=$clone/build/verify-deb
root=${JUWEI_VERIFY_ROOT:-$work/root}
new=$(realpath "$1")
user=王主任
home="/home/王 主任"
failed=0

tell() { # tell what found ok?
    if [ "$3" = yes ]; then mark='ok  '; else mark=FAIL; failed=1; fi
    printf '%s %s: %s\n' "$mark" "$1" "$2"
}
yes_if() { if "$@" >/dev/null 2>&1; then echo yes; else echo no; fi; }

in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
as_user() {
    unshare --net chroot --userspec=1234:1234 "$root" env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        "HOME=$home" JUWEI_STAFF=沈玉琴 JUWEI_PASSWORD_FILE=/verify/password.txt "$@"
}
apt() { in_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }
data() { (cd "$root$home/.local/share/juwei-workbench" && find generations current -type f ! -name '*.log' -exec sha256sum {} + | sort -k 2); }
figures() { as_user juwei figures 2011 --json; }

mkdir -p "$work"
if [ ! -e "$root/.ready" ]; then
    debootstrap --variant=minbase --include=ca-certificates trixie "$root" >"$work/debootstrap.log"
    touch "$root/.ready"
fi
mount -t proc proc "$root/proc"
rm -rf "$root/verify" "${root:?}$home"
mkdir -p "$root/verify/samples" "$root$home"
grep -q "^$user:" "$root/etc/passwd" || printf '%s:x:1234:1234::%s:/bin/sh\n' "$user" "$home" >>"$root/etc/passwd"
chown 1234:1234 "$root$home" "$root/verify"
cp "$clone"/tests/samples/houhuan/*.xlsx "$root/verify/samples/"
printf 'xingfuli-2026' >"$root/verify/password.txt"

# The same program under an older number.
rm -rf "$work/older"
dpkg-deb -R "$new" "$work/older"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/older/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/older" "$root/verify/older.deb" >/dev/null
rm -rf "$work/older"
cp "$new" "$root/verify/new.deb"

in_root apt-get -qq update
apt purge -y juwei-workbench >/dev/null 2>&1 || true
began=$(date +%s)
status=0; apt install -y --no-install-recommends /verify/older.deb >"$work/install.log" 2>&1 || status=$?
tell "first installation with what it depends on" "status $status, $(($(date +%s) - began)) s" "$(yes_if [ $status = 0 ])"
answer=$(as_user juwei self-test --json 2>&1) || true
tell "self-test as an ordinary user, no network" "$answer" "$(yes_if grep -q '"ok": true' <<<"$answer")"
apt install -y --no-install-recommends xvfb >"$work/xvfb.log" 2>&1

as_user juwei init --committee 后环社区居民委员会 --recovery-file /verify/code.txt >/dev/null
for kind in places residents activities inspections pledges stock treatments aedes density visits; do
    as_user juwei import $kind /verify/samples/$kind.xlsx >/dev/null 2>&1 || true
done
before=$(figures)
tell "figures of 2011 from the sample sheets" "$(grep -o '"value"' <<<"$before" | wc -l) figures" "$(yes_if grep -q value <<<"$before")"

rm -rf "$root/verify/screen"; mkdir -m 777 "$root/verify/screen"
as_user sh -c 'Xvfb :7 -screen 0 1366x768x24 -nolisten tcp -fbdir /verify/screen >/dev/null 2>&1 &
    for i in $(seq 100); do [ -S /tmp/.X11-unix/X7 ] && break; sleep 0.1; done; DISPLAY=:7 juwei; kill %1 2>/dev/null' 2>/dev/null &
window=$!
# A screen in memory: as soon as the page stands on it, it has more than one colour.
busy() { [ "$(tail -c +4096 "$root/verify/screen/Xvfb_screen0" | fold -b -w 4096 | sort -u | wc -l)" -gt 40 ]; }
for _ in $(seq 120); do if busy 2>/dev/null; then break; fi; sleep 0.5; done
sleep 3
if command -v convert >/dev/null; then
    convert "xwd:$root/verify/screen/Xvfb_screen0" "$clone/build/package/window-from-deb.png"
fi
tell "window on a screen in memory" "build/package/window-from-deb.png" "$(yes_if busy)"
status=0; apt install -y --no-install-recommends /verify/new.deb >"$work/running.log" 2>&1 || status=$?
tell "upgrade while the program runs is refused" "status $status" "$(yes_if grep -q 正在运行 "$work/running.log")"
pkill --uid 1234 -x juwei || true
pkill --uid 1234 -x Xvfb || true
wait $window || true

held=$(data)
began=$(date +%s)
status=0; apt install -y --no-install-recommends /verify/new.deb >"$work/upgrade.log" 2>&1 || status=$?
version=$(in_root dpkg-query -W -f '${Version}' juwei-workbench)
tell "upgrade with data to $version" "status $status, $(($(date +%s) - began)) s" "$(yes_if [ $status = 0 -a "$version" != 0.0.1 ])"
tell "data after the upgrade" "$(wc -l <<<"$held") files unchanged" "$(yes_if [ "$held" = "$(data)" ])"
tell "figures after the upgrade" "equal" "$(yes_if [ "$before" = "$(figures)" ])"
status=0; apt remove -y juwei-workbench >"$work/remove.log" 2>&1 || status=$?
tell "removal" "status $status" "$(yes_if [ ! -e "$root/opt/juwei-workbench" ])"
status=0; apt purge -y juwei-workbench >"$work/purge.log" 2>&1 || status=$?
tell "data after purging" "$(wc -l <<<"$held") files unchanged" "$(yes_if [ "$held" = "$(data)" ])"
exit $failed
