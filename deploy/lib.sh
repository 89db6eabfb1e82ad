# What install.sh, upgrade.sh and rollback.sh share. Read by them, not started.

# say ENGLISH CHINESE: a line in the language of the terminal.
say() {
    case "${LC_ALL:-${LANG:-}}" in
        zh*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

# stop ENGLISH CHINESE: the same as an error, and the end.
stop() {
    say "$1" "$2" >&2
    exit 1
}

# point PREFIX VERSION: make a version the one in use, in one step.
point() {
    ln -sfn "versions/$2" "$1/.current.new"
    mv -T "$1/.current.new" "$1/current"
}

# load_settings FILE: the address of the team's database as the services have it, unless the environment names one.
# The file is read and not run: systemd takes its lines as they are, and a shell would not.
load_settings() {
    [ -n "${FUNDWATCH_DATABASE_URL:-}" ] && return
    [ -e "$1" ] || return 0
    [ -r "$1" ] || stop "The settings in $1 cannot be read; start the script as root." "无法读取设置文件 $1；请以 root 身份运行。"
    found=$(sed -n 's/^FUNDWATCH_DATABASE_URL=//p' "$1" | tail -n 1 | sed -e 's/^"\(.*\)"$/\1/' -e "s/^'\(.*\)'\$/\1/")
    if [ -n "$found" ]; then export FUNDWATCH_DATABASE_URL="$found"; fi
}

# bundle_version FILE: the version that a bundle says it is, which becomes the name of a folder; the end where it is none.
bundle_version() {
    said=$(sed -n 's/^version=//p' "$1")
    case "$said" in
        "" | . | .. | *[!0-9A-Za-z.+_-]*) stop "BUNDLE names no version; copy the bundle again from the publisher." \
            "BUNDLE 中没有版本号；请从发布方重新复制安装包。" ;;
    esac
    printf '%s\n' "$said"
}

# in_use PREFIX: the version in use; nothing where there is none.
in_use() {
    if [ -L "$1/current" ]; then basename "$(readlink "$1/current")"; fi
}
