#!/bin/sh
# Roll back: bring the workspace of before the upgrade back, with the version of before, and use that version again.
# What was done since the upgrade stays in a folder next to the workspace, for a new attempt.
# Stop the dashboard and the monthly run before, and start them afterwards (docs/operating.md).
#
#   sh rollback.sh --workspace DIR --archive FILE --key FILE [--prefix DIR] [--settings FILE]
#
# --archive   the backup that upgrade.sh made
# --key       the copy of the pseudonym key
# --settings  settings of the services, read for the team's database, which has to be an empty one
#             (/etc/fundwatch/fundwatch.env)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

prefix=/opt/fundwatch
workspace= archive= key= settings=/etc/fundwatch/fundwatch.env
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || stop "$1 needs a value, or is no option; read the first lines of rollback.sh" \
        "$1 缺少取值，或没有这个选项；见 rollback.sh 开头的说明"
    case "$1" in
        --workspace) workspace=${2%/} ;;
        --archive) archive=$2 ;;
        --key) key=$2 ;;
        --prefix) prefix=$2 ;;
        --settings) settings=$2 ;;
        *) stop "There is no option $1; read the first lines of rollback.sh" "没有选项 $1；见 rollback.sh 开头的说明" ;;
    esac
    shift 2
done
[ -n "$workspace" ] && [ -n "$archive" ] && [ -n "$key" ] || stop \
    "Name all three: --workspace DIR --archive FILE --key FILE" "请同时指定：--workspace 目录 --archive 文件 --key 文件"
[ -f "$prefix/previous" ] || stop "There is no version to go back to in $prefix." "$prefix 中没有可以回退的版本。"
old=$(cat "$prefix/previous")
new=$(in_use "$prefix")
program="$prefix/versions/$old/bin/fundwatch"
[ -x "$program" ] || stop "Version $old is not installed in $prefix any more." "$prefix 中已没有版本 $old。"
aside="$workspace.of-$new"
[ ! -e "$aside" ] || stop "$aside is there from an earlier roll-back; move it away first." "$aside 是上次回退留下的；请先移走。"

load_settings "$settings"
"$program" restore --archive "$archive" --key "$key" --workspace "$workspace.restored"
mv -T "$workspace" "$aside"
mv -T "$workspace.restored" "$workspace"
point "$prefix" "$old"
printf '%s\n' "$new" > "$prefix/previous"
"$program" verify --workspace "$workspace"
say "fundwatch $old is in use again; what was done with $new is in $aside" \
    "已恢复使用 fundwatch $old；使用 $new 期间的内容保存在 $aside"
