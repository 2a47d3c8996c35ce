#!/usr/bin/python3
"""Problem P by the calls that SciPy offers, and by the command of this project: the table of docs/impedance-comparison.md.

    /usr/bin/python3 tests/Reference/compare_p.py                 prints the table
    /usr/bin/python3 tests/Reference/compare_p.py --check FILE    measures again and fails where the table in FILE says otherwise

Problem P is shared/data/impedance/problem_p.json beside the project, or under CYCLERIG_SHARED. Only numpy and scipy are used; the model is
written out here in the raw parameters R0, R1, Q1, n1, R2, Q2, n2.
"""
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import scipy
from scipy.optimize import curve_fit, leastsq

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("CYCLERIG_SHARED") or os.path.join(ROOT, "..", "shared")
REPETITIONS = 5
REACHED = 112.2408  # 1e-5 above the optimum.
LOGARITHMIC = [0, 1, 2, 4, 5]
LOW, HIGH = np.zeros(7), np.array([np.inf, np.inf, np.inf, 1, np.inf, np.inf, 1])

with open(os.path.join(SHARED, "data", "impedance", "problem_p.json"), encoding="utf-8") as file:
    P = json.load(file)
FREQ = np.array(P["freq"])
Z = np.array(P["zreal"]) + 1j * np.array(P["zimag"])
MEASURED = np.hstack([Z.real, Z.imag])
MODULUS = np.hstack([np.abs(Z), np.abs(Z)])
STARTS = {
    "1 % off": P["starts"]["warm_1pct"], "rough": P["starts"]["cold_rough"], "bad": P["starts"]["cold_bad"], "the truth": P["starts"]["truth"],
}


def model(f, r0, r1, q1, n1, r2, q2, n2):
    s = 2j * np.pi * f
    z = r0 + 1 / (1 / r1 + q1 * s**n1) + 1 / (1 / r2 + q2 * s**n2)
    return np.hstack([z.real, z.imag])


def chi_square(p):
    return float(np.sum(((model(FREQ, *p) - MEASURED) / (P["noise"] * MODULUS)) ** 2))


def bounded(start, **more):
    """curve_fit with bounds: what impedance.py asks of it with weight_by_modulus=True."""
    p, covariance = curve_fit(model, FREQ, MEASURED, p0=start, sigma=MODULUS, bounds=(LOW, HIGH), maxfev=100_000, ftol=1e-13, **more)
    return p, np.sqrt(np.diag(covariance))


def expert(start):
    return bounded(start, diff_step=1e-7, x_scale=np.abs(start))


class Mapped:
    """MINPACK in variables of its own, with derivatives by differences."""

    def fit(self, start):
        def residuals(x):
            return (model(FREQ, *self.outer(x)) - MEASURED) / MODULUS

        x, covariance, *_ = leastsq(residuals, self.inner(np.array(start)), full_output=True, maxfev=100_000)
        p = self.outer(x)
        if covariance is None:
            return p, np.full(len(p), np.nan)
        slope = (self.outer(x + 1e-6) - p) / 1e-6  # Each parameter has its own variable.
        return p, np.abs(slope) * np.sqrt(np.diag(covariance) * np.sum(residuals(x) ** 2) / (len(MEASURED) - len(p)))


class Logarithms(Mapped):
    def inner(self, p):
        x = p.copy()
        x[LOGARITHMIC] = np.log(p[LOGARITHMIC])
        return x

    def outer(self, x):
        p = x.copy()
        p[LOGARITHMIC] = np.exp(x[LOGARITHMIC])
        return p


class Sine(Mapped):
    """Bounds by MINUIT's change of variables: a sine between two, a root above one."""

    BETWEEN = {2: (1e-24, 1e6), 3: (0, 1), 5: (1e-24, 1e6), 6: (0, 1)}

    def inner(self, p):
        x = np.sqrt((p + 1) ** 2 - 1)
        for k, (low, high) in self.BETWEEN.items():
            x[k] = np.arcsin(2 * (p[k] - low) / (high - low) - 1)
        return x

    def outer(self, x):
        p = np.sqrt(x**2 + 1) - 1
        for k, (low, high) in self.BETWEEN.items():
            p[k] = low + (np.sin(x[k]) + 1) * (high - low) / 2
        return p


CALLS = [
    ("`curve_fit`, raw parameters, bounds, as impedance.py calls it", bounded),
    ("the same with `diff_step=1e-7, x_scale=abs(start)`", expert),
    ("MINPACK, bounds through a sine, Q from 1e-24 to 1e6", Sine().fit),
    ("MINPACK, log-parameters", Logarithms().fit),
]


def row(call, start, p, errors, seconds):
    """R1 and R2 with the standard errors that the call itself returns."""
    chi = chi_square(p)
    told = [f"{p[k]:.1f} ± {errors[k]:.{1 if errors[k] >= 1 else 2}f}" for k in (1, 4)]
    return (
        f"| {call} | {start} | {chi:.{4 if chi < 1000 else 0}f} | {told[0]} | {p[2]:.3e} | {told[1]} "
        f"| {seconds * 1000:.{2 if seconds < 0.01 else 0}f} ms | {'yes' if chi <= REACHED else '**no**'} |")


def timed(fit):
    times = []
    for _ in range(REPETITIONS):
        begin = time.perf_counter()
        answer = fit()
        times.append(time.perf_counter() - begin)
    return answer, float(np.median(times))


def command():
    """From the data alone, noise given; the time is that of the whole command, with its start."""
    with tempfile.TemporaryDirectory() as folder:
        spectrum, answers = os.path.join(folder, "p.jsonl"), os.path.join(folder, "answers.jsonl")
        with open(spectrum, "w", encoding="utf-8") as target:
            json.dump({"id": "P", **{name: P[name] for name in ("circuit", "freq", "zreal", "zimag", "noise")}}, target)

        def run():
            subprocess.run([os.path.join(ROOT, "cyclerig"), "fit", "--jsonl", spectrum, "--out", answers], check=True, stdout=subprocess.DEVNULL)

        run()
        _, seconds = timed(run)
        with open(answers, encoding="utf-8") as source:
            answer = json.loads(source.readline())
    p, errors = ([answer[what][name] for name in P["optimum"]] for what in ("parameters", "standardErrors"))
    return row("CycleRig, `cyclerig fit`", "none needed", p, errors, seconds)


def table():
    for call, fit in CALLS:
        for name, start in STARTS.items():
            values = list(start.values())
            (p, errors), seconds = timed(lambda: fit(values))
            yield row(call, name, p, errors, seconds)


def check(path):
    """Values of rows that reach the optimum, to the digits printed; of the others only that they do not: those depend on rounding, as do
    the errors that are wrong."""
    with open(path, encoding="utf-8") as page:
        known = {tuple(cells[:2]): cells for cells in (split(line) for line in page if line.startswith("| ")) if len(cells) == 8}
    wrong = []
    for line in table():
        cells = split(line)
        told = known.get(tuple(cells[:2]), [""] * 8)
        values = [[cell.split(" ± ")[0] for cell in row[2:6]] for row in (cells, told)]
        if told[7] != cells[7] or (cells[7] == "yes" and values[0] != values[1]):
            wrong.append(f"measured: {line}\n  page: {told}")
    if wrong:
        sys.exit("\n".join(wrong))


def split(line):
    return [cell.strip() for cell in re.split(r"\s\|\s|^\|\s|\s\|$", line.strip())[1:-1]]


def main():
    np.seterr(all="ignore")
    warnings.simplefilter("ignore")
    if sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
        return
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, {platform.system()} {platform.machine()}\n")
    print("| Call | Start | χ² | R1, Ω | Q1, S s^n | R2, Ω | Time | Reaches 112.24? |\n|---|---|---|---|---|---|---|---|")
    for line in table():
        print(line, flush=True)
    print(command())


if __name__ == "__main__":
    main()
