"""Writes network.json beside itself: what PyTorch makes of the operations of networks, for NetworkFixtureTests.swift.

    python3 make_fixtures.py

Inputs are float32; PyTorch works on them in float64, so the results are good to all digits that a float32 kernel can be held against.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20)


def draw(*shape, mean=0.0):
    """Random float32 values, as float64 with a gradient."""
    return (torch.randn(*shape) + mean).float().double().requires_grad_()


def array(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def arrays(**tensors):
    return {name: array(tensor) for name, tensor in tensors.items() if tensor is not None}


def convolution(images, channels, height, width, outputs, side, stride, padding):
    x, w = draw(images, channels, height, width), draw(outputs, channels, side, side)
    y = F.conv2d(x, w, stride=stride, padding=padding)
    g = draw(*y.shape)
    dx, dw = torch.autograd.grad(y, (x, w), g)
    return {"stride": stride, "padding": padding} | arrays(x=x, w=w, g=g, y=y, dx=dx, dw=dw)


def batch_norm(shape, affine):
    """Two training steps of momentum 0.1, the gradients of the second, the gradient of ⟨t, ∂L/∂x⟩, then evaluation."""
    channels = shape[1]
    mean, variance = torch.zeros(channels).double(), torch.ones(channels).double()
    scale = draw(channels, mean=1) if affine else None
    shift = draw(channels) if affine else None
    first, x, g, t = draw(*shape, mean=0.5), draw(*shape, mean=-2), draw(*shape), draw(*shape)
    F.batch_norm(first, mean, variance, scale, shift, training=True)
    y = F.batch_norm(x, mean, variance, scale, shift, training=True)

    wanted = [x] + ([scale, shift] if affine else [])
    gradients = torch.autograd.grad(y, wanted, g, create_graph=True)
    names = ["dx"] + (["dscale", "dshift"] if affine else [])
    seconds = torch.autograd.grad((gradients[0] * t).sum(), [x, g] + ([scale] if affine else []))
    second_names = ["second_x", "second_g"] + (["second_scale"] if affine else [])

    evaluated = F.batch_norm(x, mean, variance, scale, shift, training=False)
    evaluation_gradients = torch.autograd.grad(evaluated, wanted, g)
    return {"affine": affine} | arrays(
        first=first, x=x, g=g, t=t, scale=scale, shift=shift, y=y, running_mean=mean, running_variance=variance,
        **dict(zip(names, gradients)), **dict(zip(second_names, seconds)),
        evaluated=evaluated, **{"evaluation_" + name: value for name, value in zip(names, evaluation_gradients)})


def pooling(*shape):
    x = draw(*shape)
    y = F.adaptive_avg_pool2d(x, 1).flatten(1)
    g = draw(*y.shape)
    (dx,) = torch.autograd.grad(y, x, g)
    return arrays(x=x, g=g, y=y, dx=dx)


def linear(rows, inputs, outputs):
    x, w, b = draw(rows, inputs), draw(outputs, inputs), draw(outputs)
    y = F.linear(x, w, b)
    g = draw(*y.shape)
    dx, dw, db = torch.autograd.grad(y, (x, w, b), g)
    return arrays(x=x, w=w, b=b, g=g, y=y, dx=dx, dw=dw, db=db)


fixture = {
    "torch": torch.__version__,
    "convolution": [
        convolution(2, 3, 5, 5, 4, 3, 1, 1),
        convolution(2, 2, 7, 5, 3, 3, 2, 1),
        convolution(2, 3, 6, 7, 2, 3, 2, 0),
        convolution(1, 2, 5, 6, 2, 3, 1, 0),
        convolution(2, 4, 8, 8, 3, 1, 2, 0),
    ],
    "batchNorm": [batch_norm(shape, affine) for shape in [(6, 5), (4, 3, 3, 5)] for affine in [True, False]],
    "pooling": [pooling(2, 3, 4, 5)],
    "linear": [linear(5, 3, 4)],
}
path = pathlib.Path(__file__).with_name("network.json")
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
