"""Knuth's 64-bit linear congruential generator, as Tests/TestSupport/LinearCongruential.swift has it."""

import numpy


class LinearCongruential:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 40) * 2.0**-23 - 1

    def floats(self, shape, bound=1.0):
        count = int(numpy.prod(shape))
        return numpy.array([bound * self.next() for _ in range(count)], dtype=numpy.float64).astype(numpy.float32).reshape(shape)
