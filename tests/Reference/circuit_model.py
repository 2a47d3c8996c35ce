"""Circuits in plain numpy: impedance and derivatives, written from the formulas, apart from the program under test.

A parameter is free as its logarithm, an exponent as itself. Every element gives Z and the derivatives of Z by its free variables.
"""
import re

import numpy as np

# Exponents are bounded, as in the program; what is logarithmic is above 0 by itself.
EXPONENT_LOW, EXPONENT_HIGH = 0.05, 1.0


def _resistance(s, r):
    z = np.full(len(s), r, complex)
    return z, [z]


def _capacitance(s, c):
    z = 1 / (s * c)
    return z, [-z]


def _inductance(s, l):
    z = s * l
    return z, [z]


def _constant_phase(s, q, n):
    z = 1 / (q * s**n)
    return z, [-z, -z * np.log(s)]


def _warburg(s, sigma):
    z = sigma * np.sqrt(2) / np.sqrt(s)
    return z, [z]


def _short_warburg(s, z0, tau):
    root = np.sqrt(s * tau)
    tanh = np.tanh(root)
    z = z0 * tanh / root
    return z, [z, 0.5 * (z0 * (1 - tanh**2) - z)]


def _gerischer(s, r, tau):
    z = r / np.sqrt(1 + s * tau)
    return z, [z, -0.5 * z * s * tau / (1 + s * tau)]


# Formula, and which of the parameters are exponents.
ELEMENTS = {
    "R": (_resistance, [False]),
    "C": (_capacitance, [False]),
    "L": (_inductance, [False]),
    "CPE": (_constant_phase, [False, True]),
    "W": (_warburg, [False]),
    "Ws": (_short_warburg, [False, False]),
    "G": (_gerischer, [False, False]),
}


def _parts(text, mark):
    """Splits at a mark outside brackets."""
    parts, depth, begin = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == mark and depth == 0:
            parts.append(text[begin:i])
            begin = i + 1
    return parts + [text[begin:]]


class Circuit:
    """A circuit such as R0-p(R1,CPE1)-p(R2,CPE2)."""

    def __init__(self, text):
        self.exponent = []
        self._root = self._read(text)
        self.exponent = np.array(self.exponent)

    def _read(self, text):
        series = _parts(text, "-")
        if len(series) > 1:
            return "series", [self._read(part) for part in series]
        if text.startswith("p("):
            return "parallel", [self._read(part) for part in _parts(text[2:-1], ",")]
        symbol = re.fullmatch(r"([A-Za-z]+)\d+", text).group(1)
        formula, exponents = ELEMENTS[symbol]
        first = len(self.exponent)
        self.exponent += exponents
        return formula, slice(first, len(self.exponent))

    def inner(self, parameters):
        """Free variables of parameters."""
        p = np.asarray(parameters, float)
        return np.where(self.exponent, p, np.log(np.where(self.exponent, 1, p)))

    def outer(self, x):
        """Parameters of free variables."""
        return np.where(self.exponent, x, np.exp(np.where(self.exponent, 0, x)))

    def evaluate(self, s, parameters):
        """Z, and one row of derivatives for each free variable."""
        z, rows = self._evaluate(self._root, s, parameters)
        return z, np.array(rows)

    def _evaluate(self, node, s, p):
        kind, content = node
        if callable(kind):
            return kind(s, *p[content])
        done = [self._evaluate(part, s, p) for part in content]
        if kind == "series":
            return sum(z for z, _ in done), [row for _, rows in done for row in rows]
        z = 1 / sum(1 / part for part, _ in done)
        return z, [row * (z / part) ** 2 for part, rows in done for row in rows]
