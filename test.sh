#!/usr/bin/env bash
# All tests: builds Release with warnings as errors, runs every test project, ends with `N passed, N failed, N skipped`.
# Installs what is missing of python3-scipy (fits are held against SciPy's), mosquitto, influxdb, victoria-metrics and nginx-light (telemetry is
# tested against the real ones). ./test.sh --long runs the long proofs as well.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "test.sh: no .NET 10 SDK was found; install the package dotnet-sdk-10.0" >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
[ "${1:-}" = "--long" ] && export CYCLERIG_LONG=1

# What is missing is installed; without it the tests that need it are skipped, with that reason, and all others run.
missing() {
    /usr/bin/python3 -c "import scipy" 2>/dev/null || echo python3-scipy
    local program
    for program in mosquitto:/usr/sbin/mosquitto influxdb:/usr/bin/influxd victoria-metrics:/usr/bin/victoria-metrics nginx-light:/usr/sbin/nginx; do
        [ -x "${program#*:}" ] || echo "${program%%:*}"
    done
}
install_missing() {
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -o DPkg::Lock::Timeout=120)
    local install=(install -y --no-install-recommends "$@")
    "${apt[@]}" "${install[@]}" || { "${apt[@]}" update && "${apt[@]}" "${install[@]}"; }
}
mapfile -t packages < <(missing)
if [ "${#packages[@]}" -gt 0 ]; then
    echo "test.sh: installing ${packages[*]}" >&2
    said=$(install_missing "${packages[@]}" </dev/null 2>&1)
    mapfile -t packages < <(missing)
    if [ "${#packages[@]}" -gt 0 ]; then
        echo "test.sh: could not be installed, so their tests will be skipped; as root: apt-get install ${packages[*]}" >&2
        tail -n 3 <<<"$said" >&2
    fi
fi

if ! dotnet build CycleRig.sln -c Release -warnaserror -v quiet --tl:off; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
run() { dotnet test --test-modules "$1" --max-parallel-test-modules "$2" 2>&1 | tee -a "$log"; [ "${PIPESTATUS[0]}" -eq 0 ] || status=1; }
# Two projects at a time: the machine has two cores. Real processes in real time come last, by themselves.
run 'tests/*/bin/Release/net10.0/CycleRig.*Tests.dll;tests/CycleRig.Scenarios/bin/Release/net10.0/CycleRig.Scenarios.dll' 2
run 'tests/CycleRig.EndToEnd/bin/Release/net10.0/CycleRig.EndToEnd.dll' 1
count() { sed -nE "s/^ *$1: *([0-9]+).*/\1/p" "$log" | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ] && [ "$failed" -eq 0 ]
