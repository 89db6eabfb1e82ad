#!/usr/bin/env bash
# Install the bundle of a folder with the network cut off, and go from a simulated city to a report with it.
#
#   bash tests/bench/offline.sh build/release [PYTHON] [with-network]
#
# Where the network cannot be cut off it ends with 1; with-network goes on without.
set -euo pipefail
out=$(realpath "$1")
python=$(command -v "${2:-python3}")

if unshare --net true 2>/dev/null; then
    cut=(unshare --net)
elif unshare --map-root-user --net true 2>/dev/null; then
    cut=(unshare --map-root-user --net)
elif [ "${3:-}" = with-network ]; then
    echo "The network cannot be cut off here: pip gets no index and no proxy instead." >&2
    cut=()
else
    echo "The network cannot be cut off here (unshare --net); nothing was tested. To go on all the same: with-network" \
        "as the third word, or make bundle-test WITH_NETWORK=1" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xf "$out"/fundwatch-*-bundle.tar -C "$work"
cat > "$work/steps.sh" <<'STEPS'
set -euo pipefail
cd "$1"
if [ "$3" = cut ] && (exec 3<>/dev/tcp/192.0.2.1/80) 2>/dev/null; then echo "the network is not cut off"; exit 1; fi
sh fundwatch-*-bundle/install.sh --prefix "$1/opt" --python "$2" --fonts-dir "$1/fonts"
program="$1/opt/current/bin/fundwatch"
"$program" --version
"$program" simulate --out city --persons 1000 --months 6 --seed 7 --area 320600
"$program" run --data city --workspace ws --area 320600 --profile illustrative
"$program" verify --workspace ws
"$program" report --workspace ws --period 2024-Q1 --out report.pdf --language zh --fonts fonts
"$program" backup --workspace ws --out ws.tar --key-out ws.key
"$program" restore --archive ws.tar --key ws.key --workspace restored
"$program" verify --workspace restored
ls -l report.pdf ws.tar
STEPS
env -i HOME="$work" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 POLARS_MAX_THREADS="${POLARS_MAX_THREADS:-2}" \
    "${cut[@]}" bash "$work/steps.sh" "$work" "$python" "${cut[0]:+cut}"
echo "installed and run ${cut[0]:+with the network cut off}"
