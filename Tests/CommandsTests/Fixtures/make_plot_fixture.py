"""Writes plots.json beside this file: arrays, and what numpy finds in them.

    pip install numpy
    python make_plot_fixture.py

spectrum: eigvalsh of cov(X) (divisor M-1), largest first. embedding: the residual times the two first eigenvectors, the entry of largest
magnitude of each vector positive. histogram: histogram_bin_edges(bins="fd") and histogram, kept to 5 to 60 bins.
"""

import json
import pathlib

import numpy as np

generator = np.random.default_rng(11)
arrays = {
    "tall": generator.standard_normal((40, 5)) @ np.diag([3, 1, 0.5, 0.1, 0.01]) + 2,
    "wide": generator.standard_normal((6, 9)),
    "skewed": generator.exponential(size=(30, 4)),
}
cases = []
for name, x in arrays.items():
    x = np.round(x, 4)
    covariance = np.cov(x, rowvar=False)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1][:, :2]
    vectors *= np.sign(vectors[np.abs(vectors).argmax(axis=0), [0, 1]])
    points = (x - x.mean(axis=0)) @ vectors
    flat = x.ravel()
    bins = int(np.clip(len(np.histogram_bin_edges(flat, bins="fd")) - 1, 5, 60))
    counts, edges = np.histogram(flat, bins=bins)
    cases.append({
        "name": name, "rows": x.tolist(), "spectrum": values[: min(x.shape)].tolist(), "points": points.tolist(),
        "shares": (values[:2] / values.sum()).tolist(), "counts": counts.tolist(), "edges": [edges[0], edges[-1]],
    })
pathlib.Path(__file__).with_name("plots.json").write_text(json.dumps(cases, indent=1))
