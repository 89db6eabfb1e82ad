#!/bin/sh
# Install fundwatch from this folder, without network, next to the version in use, which it replaces at the end.
#
#   sh install.sh [--prefix DIR] [--python PROGRAM] [--fonts-dir DIR]
#
# --prefix     where versions lie: DIR/versions/VERSION, and DIR/current leads to the one in use (/opt/fundwatch)
# --python     the Python to use, of the version that the bundle was made for (python3)
# --fonts-dir  where the fonts for PDF files go (the system's for root, else the account's own)
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

prefix=/opt/fundwatch
python=python3
if [ "$(id -u)" = 0 ]; then fonts=/usr/local/share/fonts/fundwatch; else fonts="${HOME:-/}/.local/share/fonts/fundwatch"; fi
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || stop "$1 needs a value, or is no option; read the first lines of install.sh" \
        "$1 缺少取值，或没有这个选项；见 install.sh 开头的说明"
    case "$1" in
        --prefix) prefix=$2 ;;
        --python) python=$2 ;;
        --fonts-dir) fonts=$2 ;;
        *) stop "There is no option $1; read the first lines of install.sh" "没有选项 $1；见 install.sh 开头的说明" ;;
    esac
    shift 2
done

# 1. The bundle is whole: every file as its sum says, and no file without a sum.
cd "$here"
sha256sum --check --quiet --strict SHA256SUMS >&2 || stop \
    "The bundle is damaged; copy it again from the publisher." "安装包已损坏；请从发布方重新复制。"
listed=$(sed 's/^[0-9a-f]*  //' SHA256SUMS | LC_ALL=C sort)
present=$(find . -type f ! -path ./SHA256SUMS | sed 's/^\.\///' | LC_ALL=C sort)
[ "$listed" = "$present" ] || stop \
    "The bundle holds a file that is not listed in SHA256SUMS; copy it again from the publisher." \
    "安装包中有 SHA256SUMS 未列出的文件；请从发布方重新复制。"

# 2. It is for this machine and this Python.
read_bundle() { sed -n "s/^$1=//p" BUNDLE; }
version=$(bundle_version BUNDLE)
wanted=$(read_bundle python)
present=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || stop \
    "There is no Python at $python; install Python $wanted, or name it: --python PROGRAM" \
    "找不到 Python：$python；请安装 Python $wanted，或用 --python 指定"
[ "$present" = "$wanted" ] || stop \
    "$python is Python $present, and the bundle is for $wanted; name another: --python PROGRAM" \
    "$python 的版本是 $present，安装包要求 $wanted；请用 --python 指定"
[ "$(uname -m)" = "$(read_bundle machine)" ] || stop \
    "The bundle is for machines of the kind $(read_bundle machine), and this one is $(uname -m)." \
    "安装包适用于 $(read_bundle machine) 机器，本机是 $(uname -m)。"

# 3. A folder of its own; what an attempt left behind that did not end is removed.
target="$prefix/versions/$version"
[ ! -e "$target/.complete" ] || stop \
    "Version $version is installed in $target; nothing was changed." "版本 $version 已安装在 $target；未作改动。"
rm -rf "$target"
mkdir -p "$prefix/versions"
trap 'rm -rf "$target"' EXIT
"$python" -m venv "$target" || stop \
    "$python cannot make an environment; install its package venv (python$wanted-venv)" \
    "$python 无法建立运行环境；请安装 python$wanted-venv"

# 4. Packages from this folder alone, each by its hash; no settings of pip, no index.
env -i HOME="${HOME:-/}" PATH="$PATH" PIP_CONFIG_FILE=/dev/null "$target/bin/python" -m pip install \
    --quiet --disable-pip-version-check --no-cache-dir --no-index --find-links wheels --only-binary :all: \
    --require-hashes --requirement requirements.txt || stop \
    "The packages could not be installed; the lines above say why. Nothing was changed." \
    "无法安装程序包，原因见上文。未作改动。"
env -i HOME="${HOME:-/}" PATH="$PATH" PIP_CONFIG_FILE=/dev/null "$target/bin/python" -m pip --disable-pip-version-check check >&2
mkdir -p "$target/share/fundwatch"
cp -R service pages lib.sh upgrade.sh rollback.sh BUNDLE sbom.cdx.json "$target/share/fundwatch/"

# 5. Fonts, where the bundle has some.
if [ -d fonts ]; then
    mkdir -p "$fonts"
    cp fonts/* "$fonts/"
fi

# 6. In use.
before=$(in_use "$prefix")
: > "$target/.complete"
trap - EXIT
if [ -n "$before" ] && [ "$before" != "$version" ]; then printf '%s\n' "$before" > "$prefix/previous"; fi
point "$prefix" "$version"
say "fundwatch $version is in use: $prefix/current/bin/fundwatch" "已启用 fundwatch $version：$prefix/current/bin/fundwatch"
say "Next: $target/share/fundwatch/pages/operating.md" "下一步见：$target/share/fundwatch/pages/operating.md"
