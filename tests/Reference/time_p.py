#!/usr/bin/python3
"""Time of one MINPACK fit of problem P with analytic derivatives in log-parameters, written for speed: the fair opponent.

Reads one JSON object from standard input: freq, zreal, zimag, noise, start, repetitions. Answers microseconds (median of the repetitions),
chiSquare and versions. Only the fit is timed; frequencies, weights and start are prepared before.
"""
import json
import platform
import sys
import time

import numpy as np
import scipy
from scipy.optimize import leastsq


class TwoArcs:
    """R0-p(R1,CPE1)-p(R2,CPE2) in (ln R0, ln R1, ln Q1, n1, ln R2, ln Q2, n2): one exponential of a real array for both arcs."""

    def __init__(self, freq, z, noise):
        self.log_omega = np.log(2 * np.pi * freq)
        self.weight = 1 / (noise * np.abs(z))
        self.z, self.count = z, len(z)
        self.log_s = self.log_omega + 0.5j * np.pi
        self.last, self.state = None, None

    def _arcs(self, x):
        # MINPACK asks for residuals and derivatives at the same place one after the other.
        key = x.tobytes()
        if key != self.last:
            n = x[[3, 6]]
            r = np.exp(x[[1, 4]])
            turn = np.exp(0.5j * np.pi * n)
            power = np.exp(np.outer(n, self.log_omega) + (x[[1, 4]] + x[[2, 5]])[:, None]) * turn[:, None]
            h = r[:, None] / (1 + power)
            self.last, self.state = key, (n, r, power, h)
        return self.state

    def residuals(self, x):
        h = self._arcs(x)[3]
        return ((np.exp(x[0]) + h[0] + h[1] - self.z) * self.weight).view(float)

    def jacobian(self, x):
        n, r, power, h = self._arcs(x)
        rows = np.empty((7, self.count), complex)
        rows[0] = np.exp(x[0])
        by_log_q = -h * h * power / r[:, None]
        rows[[2, 5]] = by_log_q
        rows[[1, 4]] = h + by_log_q
        rows[[3, 6]] = by_log_q * self.log_s
        rows *= self.weight
        return rows.view(float)

    def fit(self, start):
        return leastsq(self.residuals, start, Dfun=self.jacobian, col_deriv=True)[0]


def main():
    data = json.load(sys.stdin)
    problem = TwoArcs(np.array(data["freq"]), np.array(data["zreal"]) + 1j * np.array(data["zimag"]), data["noise"])
    start = np.array(data["start"], float)
    start[[0, 1, 2, 4, 5]] = np.log(start[[0, 1, 2, 4, 5]])
    for _ in range(50):
        end = problem.fit(start)
    times = []
    for _ in range(data["repetitions"]):
        begin = time.perf_counter()
        problem.fit(start)
        times.append(time.perf_counter() - begin)
    json.dump({
        "microseconds": float(np.median(times)) * 1e6,
        "chiSquare": float(np.sum(problem.residuals(end) ** 2)),
        "versions": f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}",
    }, sys.stdout)


if __name__ == "__main__":
    main()
