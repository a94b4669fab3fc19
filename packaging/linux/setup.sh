#!/bin/sh
# 居委工作台：给当前用户安装，不用管理员。 sh 这个文件 [--silent] | --uninstall | --help
# Exit status: 0 done, 1 refused, 2 usage, 3 the computer's fault, 5 the program is running.
set -eu
VERSION=@VERSION@
NEEDS_KB=@NEEDS_KB@
PAYLOAD=@PAYLOAD@
SHA256=@SHA256@

base=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/opt/juwei-workbench
kept=_installer/juwei-workbench-$VERSION.run
bin=$HOME/.local/bin/juwei
data=$base/juwei-workbench
silent=no

say() { [ "$silent" = yes ] || printf '%s\n' "$1"; }
stop() { printf '%s\n' "$2" >&2; exit "$1"; }

refuse_running() {
    for link in /proc/[0-9]*/exe; do
        [ "$(readlink "$link" 2>/dev/null)" != "$program/juwei" ] ||
            stop 5 "居委工作台正在运行，请先保存并关闭程序，再来一次。"
    done
}

refresh() {
    ! command -v update-desktop-database >/dev/null || update-desktop-database -q "$base/applications" || true
    ! command -v update-mime-database >/dev/null || update-mime-database "$base/mime" >/dev/null 2>&1 || true
    ! command -v gtk-update-icon-cache >/dev/null || gtk-update-icon-cache -q -t "$base/icons/hicolor" 2>/dev/null || true
}

# Every file outside the program's own folder, seen from $base.
listed() {
    printf '%s\n' applications/juwei-workbench.desktop mime/packages/juwei-workbench.xml \
        icons/hicolor/scalable/apps/juwei-workbench.svg icons/hicolor/scalable/mimetypes/juwei-backup.svg \
        icons/hicolor/48x48/apps/juwei-workbench.png icons/hicolor/128x128/apps/juwei-workbench.png
}

uninstall() {
    [ -d "$program" ] || stop 1 "这里没有装居委工作台。"
    refuse_running
    listed | while read -r name; do rm -f "$base/$name"; done
    [ "$(readlink "$bin" 2>/dev/null)" != "$program/juwei" ] || rm -f "$bin"
    rm -rf "$program"
    refresh
    say "已卸载。资料没有删，还在 $data 里。"
}

unpack() {
    mkdir -p "$HOME/.local/opt" "$base" || stop 3 "没有写入 $HOME/.local 的权限，没有安装。"
    free=$(df -Pk "$HOME/.local/opt" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$NEEDS_KB" ] ||
        stop 3 "磁盘空间不够：要 $((NEEDS_KB / 1024)) MB，只剩 $((free / 1024)) MB。请清理后再安装，原来的程序没有动。"
    command -v xz >/dev/null || stop 3 "这台电脑缺少 xz，解不开安装包。请先装上 xz-utils。"
    [ "$(tail -n +"$PAYLOAD" "$self" | sha256sum | cut -d ' ' -f 1)" = "$SHA256" ] ||
        stop 3 "安装包不完整，请重新拷贝一份。没有安装。"
    rm -rf "$program.new"
    mkdir "$program.new"
    trap 'rm -rf "$program.new"' EXIT
    tail -n +"$PAYLOAD" "$self" | tar -xJf - -C "$program.new" ||
        stop 3 "安装时写不进磁盘（可能满了）。已经退回，原来的程序没有动。"
}

# For the emergency stick. Without room for it the program asks for the file instead.
keep_installer() {
    { mkdir "$1/_installer" && cp "$self" "$1/$kept"; } 2>/dev/null || rm -rf "$1/_installer"
}

install() {
    refuse_running
    say "正在安装居委工作台 $VERSION…"
    unpack
    new=$program.new/juwei-workbench
    env -u JUWEI_DATA "$new/juwei" self-test >"$program.new/log" 2>&1 || {
        cat "$program.new/log" >&2
        stop 3 "程序在这台电脑上没有通过自检，没有安装，原来的程序没有动。"
    }
    keep_installer "$new"
    rm -rf "$program.old"
    [ ! -d "$program" ] || mv "$program" "$program.old"
    mv "$new" "$program"
    rm -rf "$program.old"
    listed | while read -r name; do
        mkdir -p "$base/$(dirname "$name")"
        cp "$program/share/$name" "$base/$name"
    done
    sed -i "s|^Exec=juwei|Exec=\"$program/juwei\"|" "$base/applications/juwei-workbench.desktop"
    mkdir -p "$(dirname "$bin")"
    ln -sf "$program/juwei" "$bin"
    refresh
    say "装好了。在菜单里找“居委工作台”，或运行 $bin 。"
    say "卸载：sh \"$program/setup.sh\" --uninstall ，资料会留着。"
}

self=$0
case ${1:-} in
    "") install ;;
    --silent) silent=yes; install ;;
    --uninstall) uninstall ;;
    --help) printf '%s\n' "sh $0 安装 | --silent 安静地安装 | --uninstall 卸载，留下资料" ;;
    *) stop 2 "看不懂“$1”。可以用 --silent、--uninstall、--help。" ;;
esac
exit 0
