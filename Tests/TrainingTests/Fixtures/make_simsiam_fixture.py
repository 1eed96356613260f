"""Writes simsiam.json: twenty steps of SimSiam by PyTorch, whose losses Siam must repeat.

    python Tests/TrainingTests/Fixtures/make_simsiam_fixture.py

A convnet of width 4 on 3x8x8 images, projector and predictor of D = 16, batch 32, the symmetric loss of Eq. 2, SGD with momentum
0.9 and decay 1e-3, cosine schedule with one epoch of warm-up over four epochs of five steps, a constant rate for the predictor.
"""

import json
import math
import pathlib
import sys

import torch
from torch.nn.functional import normalize

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "NetworksTests" / "Fixtures"))
from lcg import LinearCongruential  # noqa: E402
from networks import convnet, fill, numbers, predictor, projector  # noqa: E402

STEPS, STEPS_PER_EPOCH, BATCH, SIDE, DIM, RATE = 20, 5, 32, 8, 16, 0.1


def distance(p, z):
    return -(normalize(p) * normalize(z.detach())).sum(dim=1).mean()


def rate(step):
    if step < STEPS_PER_EPOCH:
        return RATE * (step + 1) / STEPS_PER_EPOCH
    return RATE * 0.5 * (1 + math.cos(math.pi * (step - STEPS_PER_EPOCH) / (STEPS - STEPS_PER_EPOCH)))


torch.manual_seed(0)
torch.set_num_threads(1)
generator = LinearCongruential(7)
encoder, head, h = convnet(4), projector(32, DIM), predictor(DIM)
for module in (encoder, head, h):
    fill(module, generator)
optimizer = torch.optim.SGD(
    [{"params": [*encoder.parameters(), *head.parameters()]}, {"params": h.parameters()}],
    lr=RATE, momentum=0.9, weight_decay=1e-3)

losses = []
for step in range(STEPS):
    shape = (BATCH, 3, SIDE, SIDE)
    base, first, second = (generator.floats(shape).astype("float64") for _ in range(3))
    xa = torch.from_numpy((base + 0.5 * first).astype("float32"))
    xb = torch.from_numpy((base + 0.5 * second).astype("float32"))
    optimizer.param_groups[0]["lr"] = rate(step)
    za, zb = head(encoder(xa)), head(encoder(xb))
    pa, pb = h(za), h(zb)
    loss = distance(pa, zb) / 2 + distance(pb, za) / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

for module in (encoder, head, h):
    module.eval()
statistics = [numbers(b) for m in (encoder, head, h) for k, b in m.named_buffers() if "running" in k]
fixture = {
    "torch": torch.__version__,
    "seed": 7,
    "losses": losses,
    "statistics": statistics,
    "parameterNorms": [float(p.detach().double().norm()) for m in (encoder, head, h) for p in m.parameters()],
    "evaluation": numbers(head(encoder(xa))[:4]),
}
pathlib.Path(__file__).with_name("simsiam.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(losses)
