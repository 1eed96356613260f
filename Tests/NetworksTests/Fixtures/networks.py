"""The networks of Siam in PyTorch, with weights from a generator that the Swift tests repeat."""

import math

import torch
from torch import nn
from torch.nn import functional

from lcg import LinearCongruential


def fill(module, generator):
    """Weights and biases of convolutions and linear layers: uniform in ±1/sqrt(fan in), in order of definition."""
    with torch.no_grad():
        for layer in module.modules():
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                bound = 1 / math.sqrt(layer.weight[0].numel())
                layer.weight.copy_(torch.from_numpy(generator.floats(layer.weight.shape, bound)))
                if layer.bias is not None:
                    layer.bias.copy_(torch.from_numpy(generator.floats(layer.bias.shape, bound)))


def convnet(width):
    layers, channels = [], 3
    for index, stride in enumerate([1, 2, 2, 2]):
        out = width << index
        layers += [nn.Conv2d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
        channels = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


class BasicBlock(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        self.downsample = None
        if stride != 1 or channels != out:
            self.downsample = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


def resnet18(width):
    layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    channels = width
    for stage in range(4):
        out = width << stage
        layers += [BasicBlock(channels, out, 1 if stage == 0 else 2), BasicBlock(out, out, 1)]
        channels = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def projector(inputs, dim):
    return nn.Sequential(
        nn.Linear(inputs, dim), nn.BatchNorm1d(dim), nn.ReLU(),
        nn.Linear(dim, dim), nn.BatchNorm1d(dim), nn.ReLU(),
        nn.Linear(dim, dim), nn.BatchNorm1d(dim))


def predictor(dim):
    return nn.Sequential(nn.Linear(dim, dim // 4), nn.BatchNorm1d(dim // 4), nn.ReLU(), nn.Linear(dim // 4, dim))


def numbers(tensor, digits=9):
    return [float(f"{value:.{digits}g}") for value in tensor.detach().flatten().tolist()]
