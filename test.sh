#!/usr/bin/env bash
# All tests: builds Release with warnings as errors, runs every test project, ends with `N passed, N failed, N skipped`.
# ./test.sh --long runs the long proofs as well (there are none yet beyond the ordinary ones).
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! dotnet --version >/dev/null 2>&1; then
    echo "test.sh: no .NET 10 SDK was found; install the package dotnet-sdk-10.0" >&2
    exit 1
fi
[ "${1:-}" = "--long" ] && export CYCLERIG_LONG=1

if ! dotnet build CycleRig.sln -c Release -warnaserror -v quiet --tl:off; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Two test projects at a time: the machine has two cores.
dotnet test --solution CycleRig.sln -c Release --no-build --max-parallel-test-modules 2 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
count() { sed -nE "s/^ *$1: *([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "$status" -eq 0 ] && [ "${passed:-0}" -gt 0 ] && [ "${failed:-0}" -eq 0 ]
