"""Writes networks.json: outputs, gradients and running statistics of every kind of network, by PyTorch.

    python Tests/NetworksTests/Fixtures/make_networks_fixture.py
"""

import json
import pathlib

import torch

from lcg import LinearCongruential
from networks import convnet, fill, numbers, predictor, projector, resnet18


def case(name, network, input_shape, seed):
    """The network filled from `seed`, then an input, then the weights of the scalar sum(w * output) that is differentiated."""
    generator = LinearCongruential(seed)
    fill(network, generator)
    x = torch.from_numpy(generator.floats(input_shape)).requires_grad_()
    network.train()
    output = network(x)
    weights = torch.from_numpy(generator.floats(output.shape))
    (output * weights).sum().backward()
    statistics = [buffer for key, buffer in network.named_buffers() if "running" in key]
    network.eval()
    return {
        "name": name,
        "seed": seed,
        "input": list(input_shape),
        "output": numbers(output),
        "evaluation": numbers(network(x)),
        "inputGradient": numbers(x.grad),
        # A projection of each gradient says as much as its thousands of numbers: its sum, and its sum of squares.
        "gradientSums": [float(p.grad.double().sum()) for p in network.parameters()],
        "gradientSquares": [float(p.grad.double().square().sum()) for p in network.parameters()],
        "statistics": [numbers(buffer) for buffer in statistics],
    }


def losses(seed):
    """A.7 with row i of Y the positive of row i of X, and Algorithm 6 as printed, with their gradients."""
    generator = LinearCongruential(seed)
    x = torch.nn.functional.normalize(torch.from_numpy(generator.floats((6, 5)))).requires_grad_()
    y = torch.nn.functional.normalize(torch.from_numpy(generator.floats((6, 5)))).requires_grad_()
    loss = torch.nn.functional.cross_entropy(x @ y.T / 0.2, torch.arange(6))
    loss.backward()
    z = torch.from_numpy(generator.floats((6, 5))).requires_grad_()
    centered = z - z.mean(dim=0)
    cov = centered.T @ centered / (6 - 1)
    decorrelation = cov[~torch.eye(5).bool()].pow(2).sum() / 5
    decorrelation.backward()
    return {
        "seed": seed, "tau": 0.2,
        "infonce": loss.item(), "infonceGradientX": numbers(x.grad), "infonceGradientY": numbers(y.grad),
        "decorrelation": decorrelation.item(), "decorrelationGradient": numbers(z.grad),
    }


torch.manual_seed(0)
torch.set_num_threads(1)
fixture = {
    "torch": torch.__version__,
    "networks": [
        case("convnet", convnet(4), (6, 3, 9, 11), 1),
        case("resnet18", resnet18(2), (4, 3, 9, 8), 2),
        case("projector", projector(12, 8), (10, 12), 3),
        case("predictor", predictor(16), (10, 16), 4),
    ],
    "losses": losses(5),
}
path = pathlib.Path(__file__).with_name("networks.json")
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
