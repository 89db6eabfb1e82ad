#!/bin/sh
# Upgrade: save the workspace with the version in use, compare the backup, then install the version of this folder.
# Stop the dashboard and the monthly run before, and start them afterwards (docs/operating.md).
#
#   sh upgrade.sh --workspace DIR --backups DIR [--keys DIR] [--prefix DIR] [--python PROGRAM] [--fonts-dir DIR]
#                 [--settings FILE]
#
# --workspace  the workspace
# --backups    where the backup goes: DIR/before-VERSION.tar
# --keys       where a copy of the pseudonym key goes, at another place; without it, the key is kept elsewhere already
# --settings   settings of the services, read for the team's database (/etc/fundwatch/fundwatch.env)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

prefix=/opt/fundwatch
workspace= backups= keys= python=python3 fonts= settings=/etc/fundwatch/fundwatch.env
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || stop "$1 needs a value, or is no option; read the first lines of upgrade.sh" \
        "$1 缺少取值，或没有这个选项；见 upgrade.sh 开头的说明"
    case "$1" in
        --workspace) workspace=$2 ;;
        --backups) backups=$2 ;;
        --keys) keys=$2 ;;
        --prefix) prefix=$2 ;;
        --python) python=$2 ;;
        --fonts-dir) fonts=$2 ;;
        --settings) settings=$2 ;;
        *) stop "There is no option $1; read the first lines of upgrade.sh" "没有选项 $1；见 upgrade.sh 开头的说明" ;;
    esac
    shift 2
done
[ -n "$workspace" ] && [ -n "$backups" ] || stop "Name both: --workspace DIR --backups DIR" \
    "请同时指定：--workspace 目录 --backups 目录"
[ "$keys" != "$backups" ] || stop "The key must not lie with the backups: name another folder with --keys" \
    "密钥不得与备份放在一起：请用 --keys 指定另一目录"
old=$(in_use "$prefix")
[ -n "$old" ] || stop "Nothing is installed in $prefix; install first: sh install.sh" "$prefix 中没有已安装的版本；请先运行 install.sh"
new=$(bundle_version "$here/BUNDLE")
[ "$new" != "$old" ] || stop "Version $new is in use already; nothing was changed." "版本 $new 已在使用；未作改动。"

load_settings "$settings"
mkdir -p "$backups"
archive="$backups/before-$new.tar"
if [ -n "$keys" ]; then
    mkdir -p "$keys"
    "$prefix/current/bin/fundwatch" backup --workspace "$workspace" --out "$archive" --key-out "$keys/before-$new.key"
else
    "$prefix/current/bin/fundwatch" backup --workspace "$workspace" --out "$archive" --without-key
fi
"$prefix/current/bin/fundwatch" verify --archive "$archive"
if [ -n "$fonts" ]; then
    sh "$here/install.sh" --prefix "$prefix" --python "$python" --fonts-dir "$fonts"
else
    sh "$here/install.sh" --prefix "$prefix" --python "$python"
fi
say "To go back: sh $prefix/current/share/fundwatch/rollback.sh --workspace $workspace --archive $archive --key FILE" \
    "如需回退：sh $prefix/current/share/fundwatch/rollback.sh --workspace $workspace --archive $archive --key 密钥文件"
