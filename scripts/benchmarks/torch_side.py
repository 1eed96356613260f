"""PyTorch's side of scripts/benchmark: one measurement a process, answered with one line of JSON.

    torch_side.py step MODEL BATCH MODE STEPS THREADS
    torch_side.py end-to-end BATCH MODE KIND WORKERS STEPS THREADS FOLDER

MODEL is `quick` or `resnet18`, with the layers of Siam's profiles (the counts of parameters are compared). MODE is eager, channels-last,
compile, compile+channels-last or bf16+channels-last. A step is what Siam's is: forward of both views, the symmetric SimSiam loss, backward,
SGD with momentum 0.9 and decay 1e-5; images are random numbers. KIND is how torchvision's transforms v2 are applied: batch (one draw for all
images of a batch), tensor or pil (each image by itself).
"""
import contextlib, glob, json, resource, statistics, sys, time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    """ResNet's basic block."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += self.shortcut(x)
        return F.relu(y, inplace=True)


def convolution(inputs, outputs, stride):
    return [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]


def encoder(model):
    """The encoder, its features, D and the predictor's hidden width."""
    if model == "quick":
        layers = convolution(3, 16, 1) + convolution(16, 32, 2) + convolution(32, 64, 2) + convolution(64, 128, 2)
        features, dim, hidden = 128, 256, 64
    else:
        layers, width = convolution(3, 64, 1), 64
        for outputs, stride in [(64, 1), (128, 2), (256, 2), (512, 2)]:
            layers += [Block(width, outputs, stride), Block(outputs, outputs, 1)]
            width = outputs
        features, dim, hidden = 512, 2048, 512
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()), features, dim, hidden


def linear(inputs, outputs):
    return [nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs)]


class SimSiam(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder, features, dim, hidden = encoder(model)
        self.projector = nn.Sequential(*linear(features, dim), nn.ReLU(True), *linear(dim, dim), nn.ReLU(True), *linear(dim, dim))
        self.predictor = nn.Sequential(*linear(dim, hidden), nn.ReLU(True), nn.Linear(hidden, dim))

    def forward(self, a, b):
        za, zb = self.projector(self.encoder(a)), self.projector(self.encoder(b))
        pa, pb = self.predictor(za), self.predictor(zb)
        return -(F.cosine_similarity(pa, zb.detach()).mean() + F.cosine_similarity(pb, za.detach()).mean()) / 2


class Trainer:
    def __init__(self, model, mode):
        self.model = SimSiam(model)
        self.format = torch.channels_last if "channels-last" in mode else torch.contiguous_format
        self.model = self.model.to(memory_format=self.format)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-5)
        self.loss = torch.compile(self.model) if "compile" in mode else self.model
        self.precision = (lambda: torch.autocast("cpu", dtype=torch.bfloat16)) if "bf16" in mode else contextlib.nullcontext

    def step(self, a, b):
        a, b = (x.contiguous(memory_format=self.format) for x in (a, b))
        self.optimizer.zero_grad(set_to_none=True)
        with self.precision():
            loss = self.loss(a, b)
        loss.backward()
        self.optimizer.step()
        loss.item()


def answer(times, trainer, **facts):
    print(
        json.dumps(
            dict(
                facts, min=min(times), median=statistics.median(times), max=max(times), mean=statistics.fmean(times), steps=len(times),
                peak_bytes=1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
                parameters=sum(x.numel() for x in trainer.model.parameters()))))


def step(model, batch, mode, steps):
    trainer, times = Trainer(model, mode), []
    for _ in range(steps + 2):
        a, b = (torch.randn(batch, 3, 32, 32).contiguous(memory_format=trainer.format) for _ in range(2))
        began = time.perf_counter()
        trainer.step(a, b)
        times.append(1e3 * (time.perf_counter() - began))
    answer(times[2:], trainer)


def images(folder):
    """CIFAR-10's training images, [N, 3, 32, 32] of bytes."""
    data = b"".join(open(file, "rb").read() for file in sorted(glob.glob(folder + "/data_batch_*.bin")))
    return torch.frombuffer(bytearray(data), dtype=torch.uint8).view(-1, 3073)[:, 1:].reshape(-1, 3, 32, 32)


class Views(torch.utils.data.Dataset):
    """Item k: both views of the k-th batch of an endless shuffle, or of its k-th image."""

    def __init__(self, data, batch, kind, batches):
        from torchvision.transforms import v2

        # A.1 of the paper; the values are those of the training images.
        values = data.float().div(255)
        ending = [v2.ToImage()] if kind == "pil" else []
        self.transform = v2.Compose(
            [
                v2.RandomResizedCrop(32, scale=(0.2, 1), antialias=True), v2.RandomHorizontalFlip(),
                v2.RandomApply([v2.ColorJitter(0.4, 0.4, 0.4, 0.1)], p=0.8), v2.RandomGrayscale(0.2)
            ] + ending
            + [v2.ToDtype(torch.float32, scale=True), v2.Normalize(values.mean((0, 2, 3)).tolist(), values.std((0, 2, 3)).tolist())])
        orders = [torch.randperm(len(data)) for _ in range(1 + batches * batch // len(data))]
        self.order = torch.cat([order[: len(order) // batch * batch] for order in orders] + orders[:1])
        self.batch, self.kind, self.batches = batch, kind, batches
        self.data = [v2.functional.to_pil_image(x) for x in data] if kind == "pil" else data

    def __len__(self):
        return self.batches * (1 if self.kind == "batch" else self.batch)

    def __getitem__(self, k):
        if self.kind == "batch":
            x = self.data[self.order[k * self.batch : (k + 1) * self.batch]]
        else:
            x = self.data[self.order[k % len(self.order)]]
        return self.transform(x), self.transform(x)


def end_to_end(batch, mode, kind, workers, steps, folder):
    warm_up = 6
    views = Views(images(folder), batch, kind, steps + warm_up)
    loader = torch.utils.data.DataLoader(views, batch_size=None if kind == "batch" else batch, num_workers=workers)
    trainer, times = Trainer("quick", mode), []
    last = time.perf_counter()
    for a, b in loader:
        trainer.step(a, b)
        now = time.perf_counter()
        times.append(1e3 * (now - last))
        last = now
    answer(times[warm_up:], trainer, kind=kind, workers=workers)


if __name__ == "__main__":
    torch.manual_seed(0)
    arguments = sys.argv[2:]
    if sys.argv[1] == "step":
        torch.set_num_threads(int(arguments[4]))
        step(arguments[0], int(arguments[1]), arguments[2], int(arguments[3]))
    else:
        torch.set_num_threads(int(arguments[5]))
        end_to_end(int(arguments[0]), arguments[1], arguments[2], int(arguments[3]), int(arguments[4]), arguments[6])
