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

# in_use PREFIX: the version in use; nothing where there is none.
in_use() {
    if [ -L "$1/current" ]; then basename "$(readlink "$1/current")"; fi
}
