#!/usr/bin/python3
"""Fits of spectra by SciPy's MINPACK (Levenberg and Marquardt), to hold others against.

Reads one problem a line from standard input, JSON: id, circuit, freq, zreal, zimag, noise, starts (lists of parameters). Answers one line
each: id, chiSquare, parameters, standardErrors (not scaled by the residuals; null for an exponent at its bound), start (from which it was
reached). Weights are of modulus: sigma = noise * |Z measured| of each part. Every start is followed as it is and moved at random; the lowest end counts.
"""
import json
import sys

import numpy as np
from scipy.optimize import leastsq

from circuit_model import EXPONENT_HIGH, EXPONENT_LOW, Circuit

MOVES = 2  # Random neighbours of a start.
MOVE = 0.2  # Standard deviation of what a logarithm is moved by; an exponent by a fifth of it.
TOLERANCE = 1e-14
LONGEST = 500  # Free variables beyond are no numbers any more.


class Problem:
    def __init__(self, data):
        self.circuit = Circuit(data["circuit"])
        self.s = 2j * np.pi * np.array(data["freq"])
        self.z = np.array(data["zreal"]) + 1j * np.array(data["zimag"])
        self.weight = 1 / (data["noise"] * np.abs(self.z))

    def residuals(self, x):
        z, _ = self.circuit.evaluate(self.s, self.circuit.outer(np.clip(x, -LONGEST, LONGEST)))
        r = (z - self.z) * self.weight
        return np.nan_to_num(np.concatenate([r.real, r.imag]), nan=1e100, posinf=1e100, neginf=-1e100)

    def jacobian(self, x):
        """One row for each free variable."""
        _, rows = self.circuit.evaluate(self.s, self.circuit.outer(np.clip(x, -LONGEST, LONGEST)))
        rows = rows * self.weight
        return np.nan_to_num(np.concatenate([rows.real, rows.imag], axis=1), nan=0, posinf=1e100, neginf=-1e100)

    def chi(self, x):
        return float(np.sum(self.residuals(x) ** 2))

    def minimum(self, start):
        """MINPACK knows no bounds: an exponent that ends beyond its own is put there, and the others are fitted again."""
        x, free = np.array(start), np.ones(len(start), bool)
        exponent = self.circuit.exponent
        while True:
            def whole(y):
                full = x.copy()
                full[free] = y
                return full

            end = leastsq(
                lambda y: self.residuals(whole(y)), x[free], Dfun=lambda y: self.jacobian(whole(y))[free], col_deriv=True,
                ftol=TOLERANCE, xtol=TOLERANCE, gtol=0, maxfev=5000)[0]
            x = whole(end)
            beyond = exponent & ((x > EXPONENT_HIGH) | (x < EXPONENT_LOW))
            if not beyond.any():
                return x, free
            x[beyond] = np.clip(x[beyond], EXPONENT_LOW, EXPONENT_HIGH)
            free &= ~beyond

    def errors(self, x, free):
        rows = self.jacobian(x)[free]
        scale = np.linalg.norm(rows, axis=1)
        scale[scale == 0] = 1e-300
        rows = rows / scale[:, None]
        covariance = np.linalg.pinv(rows @ rows.T, rcond=1e-15)
        deviations = np.full(len(x), np.nan)
        deviations[free] = np.sqrt(np.abs(np.diag(covariance))) / scale
        return np.where(self.circuit.exponent, deviations, deviations * self.circuit.outer(x))


def solve(data):
    problem = Problem(data)
    draw = np.random.default_rng(1)
    best = None
    for start in data["starts"]:
        x = problem.circuit.inner(start)
        size = np.where(problem.circuit.exponent, MOVE / 5, MOVE)
        for begin in [x] + [x + size * draw.standard_normal(len(x)) for _ in range(MOVES)]:
            begin = np.where(problem.circuit.exponent, np.clip(begin, EXPONENT_LOW, EXPONENT_HIGH), begin)
            end, free = problem.minimum(begin)
            chi = problem.chi(end)
            if best is None or chi < best[0]:
                best = chi, end, free, begin
    chi, x, free, begin = best
    errors = [e if np.isfinite(e) else None for e in problem.errors(x, free)]
    return {
        "id": data["id"], "chiSquare": chi, "parameters": list(problem.circuit.outer(x)), "standardErrors": errors,
        "start": list(problem.circuit.outer(begin)),
    }


if __name__ == "__main__":
    np.seterr(all="ignore")
    for line in sys.stdin:
        print(json.dumps(solve(json.loads(line))), flush=True)
