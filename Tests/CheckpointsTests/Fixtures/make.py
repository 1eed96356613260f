"""Writes the fixtures of CheckpointsTests with Python's safetensors (0.8) and numpy.

    python make.py
"""
import hashlib
import pathlib

import numpy
from safetensors.numpy import save_file

folder = pathlib.Path(__file__).parent

# Names out of order, an empty tensor, a scalar, what JSON must escape, and one metadata entry (the order of several is not fixed).
tensors = {
    "h/fc1/weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4,
    "encoder/conv1/weight": -numpy.arange(8, dtype=numpy.float32).reshape(2, 1, 2, 2),
    "a \"quoted\" τ": numpy.array([1.5, float("inf"), float("nan"), -0.0], dtype=numpy.float32),
    "empty": numpy.zeros((0, 3), dtype=numpy.float32),
    "scalar": numpy.array(3.25, dtype=numpy.float32),
}
save_file(tensors, folder / "python.safetensors", metadata={"made by": "Python\n\"safetensors\""})
save_file({"x": numpy.arange(3, dtype=numpy.float64)}, folder / "float64.safetensors")
for name in ["python", "float64"]:
    print(name, hashlib.sha256((folder / f"{name}.safetensors").read_bytes()).hexdigest())
