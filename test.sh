#!/usr/bin/env bash
# All tests: builds Release with warnings as errors, runs every test project, ends with `N passed, N failed, N skipped`.
# Installs python3-scipy where Debian's python lacks it: fits are held against SciPy's. ./test.sh --long runs the long proofs as well.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "test.sh: no .NET 10 SDK was found; install the package dotnet-sdk-10.0" >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
[ "${1:-}" = "--long" ] && export CYCLERIG_LONG=1

# Without SciPy the tests that compare with it are skipped, with that reason; all others run.
install_scipy() {
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -o DPkg::Lock::Timeout=120)
    local install=(install -y --no-install-recommends python3-scipy)
    "${apt[@]}" "${install[@]}" || { "${apt[@]}" update && "${apt[@]}" "${install[@]}"; }
}
if ! /usr/bin/python3 -c "import scipy" 2>/dev/null; then
    echo "test.sh: installing python3-scipy for the fits of reference" >&2
    if ! said=$(install_scipy </dev/null 2>&1) || ! /usr/bin/python3 -c "import scipy" 2>/dev/null; then
        echo "test.sh: python3-scipy could not be installed, so the fits of reference will be skipped; as root: apt-get install python3-scipy" >&2
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
