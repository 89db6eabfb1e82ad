#!/bin/sh
# The monthly run, with the settings of fundwatch.env: look at the export, save the workspace, run, and verify the log.
# Each step that fails ends it with its exit code, and readers go on with the last result.
set -eu
umask 077
program=${FUNDWATCH_PROGRAM:-/opt/fundwatch/current/bin/fundwatch}
"$program" doctor --data "$FUNDWATCH_DATA"
if [ -e "$FUNDWATCH_WORKSPACE" ]; then
    archive="$FUNDWATCH_BACKUPS/before-run-$(date +%Y%m%d-%H%M%S).tar"
    "$program" backup --workspace "$FUNDWATCH_WORKSPACE" --out "$archive" --without-key
    "$program" verify --archive "$archive"
fi
"$program" run --data "$FUNDWATCH_DATA" --workspace "$FUNDWATCH_WORKSPACE" --area "$FUNDWATCH_AREA" \
    --delivery "$FUNDWATCH_DELIVERY"
"$program" audit verify --workspace "$FUNDWATCH_WORKSPACE"
