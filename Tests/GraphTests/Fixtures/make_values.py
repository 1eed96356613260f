"""Writes values.json beside this file: values and gradients of PyTorch in float64, that Siam's graph is compared with.

    python3 make_values.py          (made with torch 2.15.0 or what `made_with` in the file says)

Each case: inputs, the output, weights w of the output's shape, and the gradients of sum(w * output) with respect to the inputs.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(20)


def normal(*shape):
    return torch.randn(shape, generator=generator).to(torch.float32).to(torch.float64)


def spd(n):
    x = normal(n, 2 * n)
    return (x @ x.T / (2 * n) + 0.5 * torch.diag(torch.arange(n))).to(torch.float32).to(torch.float64)


def sign_fixed(v):
    largest = v.gather(0, v.abs().argmax(0, keepdim=True))
    return v * torch.where(largest < 0, -1.0, 1.0)


def eigenvectors(a):
    _, v = torch.linalg.eigh((a + a.T) / 2)
    return sign_fixed(v.flip(1))


def whitened(x):
    c = x - x.mean(0)
    l, v = torch.linalg.eigh(c.T @ c / (len(x) - 1))
    return c @ (v * (l + 1e-3) ** -0.5) @ v.T


def effective_rank(x):
    s = torch.linalg.svdvals(x)
    p = s / s.sum()
    return torch.special.entr(p).sum().exp()


def infonce(x, y):
    logits = F.normalize(x) @ F.normalize(y).T / 0.2
    return F.cross_entropy(logits, torch.arange(len(x)))


def decorrelation(x):
    c = x - x.mean(0)
    c = c.T @ c / (len(x) - 1)
    return (c - torch.diag(torch.diag(c))).pow(2).sum() / len(c)


large = torch.tensor([[1000.0, 999.0, -1000.0], [-2000.0, -2000.0, -2001.0]])
cases = {
    "softmaxRows": (lambda x: x.softmax(1), [normal(5, 7)]),
    "softmaxRows of large numbers": (lambda x: x.softmax(1), [large]),
    "logSumExpRows": (lambda x: x.logsumexp(1), [normal(5, 7)]),
    "logSumExpRows of large numbers": (lambda x: x.logsumexp(1), [large]),
    "normalizedRows": (lambda x: F.normalize(x), [normal(5, 7)]),
    "rowNorms": (lambda x: x.norm(dim=1), [normal(5, 7)]),
    "entropy of softmax": (lambda x: torch.special.entr(x.softmax(1)).sum(1), [normal(5, 7)]),
    "eigenvalues": (lambda a: torch.linalg.eigvalsh((a + a.T) / 2).flip(0), [spd(6)]),
    "eigenvectors": (eigenvectors, [spd(6)]),
    "singularValues": (torch.linalg.svdvals, [normal(7, 4)]),
    "singularValues of a wide matrix": (torch.linalg.svdvals, [normal(4, 7)]),
    "cholesky": (lambda a: torch.linalg.cholesky((a + a.T) / 2), [spd(6)]),
    "solve": (torch.linalg.solve, [normal(5, 5), normal(5, 3)]),
    "solve for a vector": (torch.linalg.solve, [normal(5, 5), normal(5)]),
    "logDeterminant": (torch.logdet, [spd(6)]),
    "whitening": (whitened, [normal(20, 4)]),
    "effective rank": (effective_rank, [normal(12, 5)]),
    "infonce": (infonce, [normal(8, 6), normal(8, 6)]),
    "decorrelation": (decorrelation, [normal(9, 4)]),
    "mean over axes": (lambda x: x.mean((0, 2)), [normal(3, 4, 5)]),
    "maximum over an axis": (lambda x: x.amax(1), [normal(5, 7)]),
    "power": (lambda x, y: x.abs().pow(y), [normal(4, 5), normal(4, 5)]),
    "product of transposes": (lambda x, y: x.T @ y.T, [normal(4, 3), normal(5, 4)]),
    "gatherRows": (lambda x: x[[3, 1, 1, 0]], [normal(4, 5)]),
}


def array(t):
    return {"shape": list(t.shape), "values": t.flatten().tolist()}


written = {}
for name, (function, inputs) in cases.items():
    inputs = [x.detach().requires_grad_() for x in inputs]
    output = function(*inputs)
    weights = normal(*output.shape)
    gradients = torch.autograd.grad((output * weights).sum(), inputs)
    written[name] = {
        "inputs": [array(x.detach()) for x in inputs],
        "output": array(output.detach()),
        "weights": array(weights),
        "gradients": [array(x) for x in gradients],
    }

path = pathlib.Path(__file__).with_name("values.json")
path.write_text(json.dumps({"made_with": f"torch {torch.__version__}", "cases": written}, indent=0) + "\n")
