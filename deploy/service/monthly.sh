#!/bin/sh
# The monthly run, with the settings of fundwatch.env: look at the export, save the workspace, run, and verify the log.
# Each step that fails ends it with its exit code, and readers go on with the last result.
set -eu
umask 077
program=${FUNDWATCH_PROGRAM:-/opt/fundwatch/current/bin/fundwatch}
options=${FUNDWATCH_RUN_OPTIONS:-}
set -f # options are words, not patterns of files

# Of the options of the run, those that say how the export is read are the doctor's too.
reading= value=no
for word in $options; do
    case "$word" in
        --mapping | --preset | --preset-option | --policy-dir) reading="$reading $word" value=yes ;;
        --mapping=* | --preset=* | --preset-option=* | --policy-dir=*) reading="$reading $word" value=no ;;
        *) [ "$value" = no ] || reading="$reading $word"
            value=no ;;
    esac
done
"$program" doctor --data "$FUNDWATCH_DATA" $reading
if [ -e "$FUNDWATCH_WORKSPACE" ]; then
    archive="$FUNDWATCH_BACKUPS/before-run-$(date +%Y%m%d-%H%M%S).tar"
    "$program" backup --workspace "$FUNDWATCH_WORKSPACE" --out "$archive" --without-key
    "$program" verify --archive "$archive"
fi
"$program" run --data "$FUNDWATCH_DATA" --workspace "$FUNDWATCH_WORKSPACE" --area "$FUNDWATCH_AREA" \
    --delivery "$FUNDWATCH_DELIVERY" $options
"$program" audit verify --workspace "$FUNDWATCH_WORKSPACE"
