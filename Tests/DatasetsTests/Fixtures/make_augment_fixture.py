"""Writes augment.json beside this file: images, explicit augmentation parameters, and what torchvision makes of them.

    pip install torch==2.15.0 torchvision==0.29.2 numpy pillow
    python make_augment_fixture.py

The reference is torchvision's functional interface on float tensors: resized_crop (bicubic, antialias=True) and a clamp to [0, 1] (which PIL
makes and the tensor path does not), adjust_* in the order given, rgb_to_grayscale, gaussian_blur, hflip.
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
import torchvision.transforms.functional as F

ADJUST = {
    "brightness": F.adjust_brightness,
    "contrast": F.adjust_contrast,
    "saturation": F.adjust_saturation,
    "hue": F.adjust_hue,
}
ORDER = ["brightness", "contrast", "saturation", "hue"]


def image(generator, channels, height, width, kind):
    if kind == "noise":
        return generator.integers(0, 256, (channels, height, width), dtype=np.uint8)
    if kind == "extremes":  # black, white, pure colours, equal channels: every branch of the hue
        return generator.choice(np.array([0, 128, 255], dtype=np.uint8), (channels, height, width))
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    planes = [np.sin(3 * x + c) * np.cos(4 * y - c) + 0.2 * generator.standard_normal((height, width)) for c in range(channels)]
    return (127.5 + 127.5 * np.clip(planes, -1, 1)).astype(np.uint8)


def reference(pixels, case):
    _, height, width = pixels.shape
    x = torch.from_numpy(pixels).float() / 255
    x = F.resized_crop(x, *case["crop"], [height, width], F.InterpolationMode.BICUBIC, antialias=True).clamp(0, 1)
    if case["jitter"]:
        for name in case["jitter"]["order"]:
            x = ADJUST[name](x, case["jitter"][name])
    if case["gray"]:
        x = F.rgb_to_grayscale(x, num_output_channels=pixels.shape[0])
    if case["blur"]:
        size = 2 * max(1, min(height, width) // 20) + 1
        x = F.gaussian_blur(x, size, case["blur"])
    return F.hflip(x) if case["flip"] else x


def jitter(brightness=1.0, contrast=1.0, saturation=1.0, hue=0.0, order=ORDER):
    return dict(brightness=brightness, contrast=contrast, saturation=saturation, hue=hue, order=list(order))


def main():
    generator = np.random.default_rng(0)
    small, square, gray = (3, 16, 12), (3, 32, 32), (1, 28, 28)
    whole = [0, 0, 16, 12]
    rows = [  # name, shape, kind, crop (top, left, height, width), flip, jitter, gray, blur
        ("whole", small, "noise", whole, False, None, False, None),
        ("flip", small, "noise", whole, True, None, False, None),
        ("crop of noise", small, "noise", [3, 2, 9, 7], False, None, False, None),
        ("crop at the corner", small, "noise", [11, 8, 5, 4], True, None, False, None),
        ("crop of two by three", small, "noise", [4, 5, 2, 3], False, None, False, None),
        ("crop of one pixel", small, "noise", [15, 11, 1, 1], False, None, False, None),
        ("brightness up", small, "smooth", whole, False, jitter(brightness=1.4), False, None),
        ("contrast down", small, "smooth", whole, False, jitter(contrast=0.6), False, None),
        ("contrast up", small, "noise", whole, False, jitter(contrast=1.4), False, None),
        ("saturation", small, "noise", whole, False, jitter(saturation=1.4), False, None),
        ("hue forward", small, "extremes", whole, False, jitter(hue=0.1), False, None),
        ("hue back", small, "extremes", whole, False, jitter(hue=-0.37), False, None),
        ("hue half", small, "noise", whole, False, jitter(hue=0.5), False, None),
        ("order 3120", small, "noise", [1, 1, 12, 10], False, jitter(0.7, 1.3, 0.65, 0.08, ["hue", "contrast", "saturation", "brightness"]), False, None),
        ("order 2301", small, "smooth", [1, 1, 12, 10], True, jitter(1.35, 0.75, 1.2, -0.06, ["saturation", "hue", "brightness", "contrast"]), False, None),
        ("gray", small, "noise", whole, False, None, True, None),
        ("blur", small, "noise", whole, False, None, False, 0.8),
        ("all of it", square, "smooth", [5, 9, 18, 21], True, jitter(1.2, 0.8, 1.3, 0.05, ["contrast", "hue", "saturation", "brightness"]), True, 1.3),
        ("colours of it", square, "smooth", [2, 0, 27, 32], False, jitter(0.8, 1.3, 0.7, -0.1, ["hue", "saturation", "brightness", "contrast"]), False, None),
        ("one channel", gray, "smooth", [4, 6, 17, 15], True, jitter(1.2, 0.7, 1.3, 0.1, ["contrast", "hue", "saturation", "brightness"]), True, 1.0),
    ]
    cases = []
    for name, shape, kind, crop, flip, colours, is_gray, blur in rows:
        pixels = image(generator, *shape, kind)
        case = dict(name=name, shape=shape, crop=crop, flip=flip, jitter=colours, gray=is_gray, blur=blur)
        output = reference(pixels, case)
        case["pixels"] = pixels.flatten().tolist()
        case["output"] = [round(value, 5) for value in output.flatten().tolist()]
        cases.append(case)
    made_by = dict(torch=torch.__version__, torchvision=torchvision.__version__)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path = pathlib.Path(__file__).with_name("augment.json")
    path.write_text('{"made_by":%s,"cases":[\n%s\n]}\n' % (json.dumps(made_by), lines))


main()
