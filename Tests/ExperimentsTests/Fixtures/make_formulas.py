"""Values of Siam's formulas, and of their gradients, by PyTorch in float64.

    python3 make_formulas.py > formulas.json

A formula is written twice: as it is typed in Siam, and in PyTorch. A and B are 6×4, S is a symmetric positive definite 4×4, v and w
are vectors of 4; all entries are exact in float32.
"""

import json
import sys

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def entries(*shape, seed):
    numbers = numpy.random.default_rng(seed).standard_normal(shape)
    return torch.tensor(numbers.astype(numpy.float32).astype(numpy.float64))


A, B = entries(6, 4, seed=1), entries(6, 4, seed=2)
v, w = entries(4, seed=3), entries(4, seed=4)
root = entries(7, 4, seed=5)
S = torch.tensor((root.T @ root + torch.eye(4)).numpy().astype(numpy.float32).astype(numpy.float64))
S = (S + S.T) / 2
inputs = {"A": A, "B": B, "S": S, "v": v, "w": w}


def center(x):
    return x.mean(0)


def residual(x):
    return x - x.mean(0)


def cov(x):
    r = residual(x)
    return r.T @ r / (len(x) - 1)


def corr(x, y):
    a, b = residual(x) / x.std(0), residual(y) / y.std(0)
    return a.T @ b / (len(x) - 1)


def offdiag(x):
    return x - torch.diag(torch.diag(x))


def decorrelation(x):
    return (offdiag(cov(x)) ** 2).sum() / x.shape[1]


def infonce(x, y, tau):
    return F.cross_entropy(x @ y.T / tau, torch.arange(len(x)))


def ntxent(x, y, tau):
    z = torch.cat([x, y])
    logits = z @ z.T / tau
    logits = logits.masked_fill(torch.eye(len(z), dtype=torch.bool), float("-inf"))
    n = len(x)
    return F.cross_entropy(logits, torch.cat([torch.arange(n) + n, torch.arange(n)]))


def dot(x, y):
    return (x * y).sum(-1).mean()


def entropy(p):
    return -torch.special.xlogy(p, p).sum(-1)


def rank(x):
    s = torch.linalg.svdvals(x)
    return entropy(s / s.sum()).exp()


def whiten(x):
    r = residual(x)
    return torch.linalg.solve_triangular(torch.linalg.cholesky(cov(x)), r.T, upper=False).T


def normalize(x):
    return F.normalize(x, dim=-1)


values = {
    "A . B": lambda: dot(A, B),
    "dot(A, B)": lambda: (A * B).sum(1),
    "norm(A)": lambda: A.norm(dim=1),
    "normalize(A)": lambda: normalize(A),
    "normalize(v)": lambda: normalize(v),
    "center(A)": lambda: center(A),
    "residual(A)": lambda: residual(A),
    "component(v, w)": lambda: v @ w / (w @ w),
    "component(A, B)": lambda: (A * B).sum() / (B * B).sum(),
    "cos(v, w)": lambda: F.cosine_similarity(v, w, dim=0),
    "cos(A, B)": lambda: F.cosine_similarity(A, B).mean(),
    "infonce(A, B, 0.5)": lambda: infonce(A, B, 0.5),
    "infonce(normalize(A), normalize(B), 0.1)": lambda: infonce(normalize(A), normalize(B), 0.1),
    "ntxent(normalize(A), normalize(B), 0.5)": lambda: ntxent(normalize(A), normalize(B), 0.5),
    "lambda(A, B, 0.5)": lambda: F.softmax(A @ B.T / 0.5, dim=1),
    "decorrelation(A)": lambda: decorrelation(A),
    "mse(A, B)": lambda: ((A - B) ** 2).sum(1).mean(),
    "corr(A, B)": lambda: corr(A, B),
    "cov(A)": lambda: cov(A),
    "var(A)": lambda: A.var(0),
    "std(A)": lambda: A.std(0),
    "std(A, 2)": lambda: A.std(1),
    "gram(A)": lambda: A @ A.T,
    "whiten(A)": lambda: whiten(A),
    "cov(whiten(A))": lambda: torch.eye(4),
    "rank(A)": lambda: rank(A),
    "svdvals(A)": lambda: torch.linalg.svdvals(A),
    "eigenvalues(S)": lambda: torch.linalg.eigvalsh(S).flip(0),
    "logdet(S)": lambda: torch.logdet(S),
    "solve(S, v)": lambda: torch.linalg.solve(S, v),
    "solve(S, A')": lambda: torch.linalg.solve(S, A.T),
    "cholesky(S)": lambda: torch.linalg.cholesky(S),
    "softmax(A)": lambda: F.softmax(A, dim=1),
    "logsumexp(A)": lambda: torch.logsumexp(A, 1),
    "entropy(softmax(A))": lambda: entropy(F.softmax(A, dim=1)),
    "fro(A)": lambda: A.norm(),
    "trace(S)": lambda: torch.trace(S),
    "max(A, 2)": lambda: A.max(1).values,
    "abs(A) ^ 1.5": lambda: A.abs() ** 1.5,
    "tanh(A) * relu(B) - sin(A) / (2 + cos(B))": lambda: A.tanh() * B.relu() - A.sin() / (2 + B.cos()),
    "(A - B)[2..3, :] @ v": lambda: (A - B)[1:3] @ v,
    "sum((A @ v)^2 for i in 1..3)": lambda: 3 * (A @ v) ** 2,
}

# Scalars in A, of which grad is taken once and twice: the second is the gradient of half the squared length of the first.
losses = {
    "-A . B": lambda A: -dot(A, B),
    "-normalize(A) . normalize(B)": lambda A: -dot(normalize(A), normalize(B)),
    "infonce(normalize(A), normalize(B), 0.5)": lambda A: infonce(normalize(A), normalize(B), 0.5),
    "ntxent(A, B, 0.7)": lambda A: ntxent(A, B, 0.7),
    "decorrelation(A)": lambda A: decorrelation(A),
    "mse(A @ S, B)": lambda A: ((A @ S - B) ** 2).sum(1).mean(),
    "sum(offdiag(corr(A, B))^2)": lambda A: (offdiag(corr(A, B)) ** 2).sum(),
    "cos(center(A), w)": lambda A: F.cosine_similarity(center(A), w, dim=0),
    "mean(norm(residual(A)))": lambda A: residual(A).norm(dim=1).mean(),
    "mean(entropy(softmax(A)))": lambda A: entropy(F.softmax(A, dim=1)).mean(),
    "logdet(cov(A) + S)": lambda A: torch.logdet(cov(A) + S),
    "v . solve(cov(A) + S, w)": lambda A: v @ torch.linalg.solve(cov(A) + S, w),
    "mean(tanh(A)^2) + exp(-mean(A))": lambda A: (A.tanh() ** 2).mean() + (-A.mean()).exp(),
    "whiten(A) . B": lambda A: dot(whiten(A), B),
    "rank(A)": lambda A: rank(A),
}


def gradients(loss):
    x = A.clone().requires_grad_(True)
    first = torch.autograd.grad(loss(x), x, create_graph=True)[0]
    if not first.requires_grad:
        return first, torch.zeros_like(x)
    second = torch.autograd.grad((first * first).sum() / 2, x, allow_unused=True)[0]
    return first.detach(), torch.zeros_like(x) if second is None else second


def case(formula, value):
    return {"formula": formula, "shape": list(value.shape), "values": value.flatten().tolist()}


cases = [case(formula, value()) for formula, value in values.items()]
for formula, loss in losses.items():
    first, second = gradients(loss)
    cases.append(case(f"grad({formula}, A)", first))
    cases.append(case(f"grad(sum(grad({formula}, A)^2)/2, A)", second))

json.dump(
    {
        "made_by": f"make_formulas.py, PyTorch {torch.__version__}, NumPy {numpy.__version__}, Python {sys.version.split()[0]}",
        "inputs": {name: {"shape": list(x.shape), "values": x.flatten().tolist()} for name, x in inputs.items()},
        "cases": cases,
    },
    sys.stdout,
    indent=1,
)
