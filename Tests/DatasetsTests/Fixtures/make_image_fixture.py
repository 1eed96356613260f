"""Writes images/ and images.json beside this file: small PNG and JPEG files of every kind, and what Pillow reads of them.

    pip install pillow==13.0.0 numpy
    python make_image_fixture.py

What is transparent is laid on white paper by Pillow's alpha_composite. Pillow writes no 16-bit colours and no interlaced PNG: rgb16.png and
interlaced.png are put together here, chunk by chunk, and what they hold is known. "square" is the middle square of an image at another size
by Pillow's BILINEAR.
"""

import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "images"
FOLDER.mkdir(exist_ok=True)
WIDTH, HEIGHT = 13, 9
generator = np.random.default_rng(7)
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
smooth = np.stack([128 + 100 * np.sin(x / 3 + c) * np.cos(y / 2 - c) for c in range(3)], axis=-1)
colors = np.clip(smooth + 20 * generator.standard_normal(smooth.shape), 0, 255).astype(np.uint8)
alpha = generator.integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
alpha[0, :4] = [0, 255, 1, 254]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(path, header, lines):
    text = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    path.write_bytes(text)


rgb = Image.fromarray(colors)
rgb.save(FOLDER / "rgb.png")
rgb.convert("L").save(FOLDER / "gray.png")
Image.fromarray(alpha > 127).save(FOLDER / "bit.png")
rgb.quantize(7).save(FOLDER / "palette.png")
rgb.quantize(7).save(FOLDER / "palette_alpha.png", transparency=bytes([0, 80, 255, 160, 255, 255, 30]))
Image.fromarray(np.dstack([colors, alpha])).save(FOLDER / "rgba.png")
Image.fromarray(np.dstack([colors[..., 0], alpha]), "LA").save(FOLDER / "gray_alpha.png")
gray16 = generator.integers(0, 65536, (HEIGHT, WIDTH), dtype=np.uint16)
Image.fromarray(gray16).save(FOLDER / "gray16.png")
rgb16 = generator.integers(0, 65536, (HEIGHT, WIDTH, 3), dtype=np.uint16)
header = struct.pack(">II", WIDTH, HEIGHT)
png(FOLDER / "rgb16.png", header + bytes([16, 2, 0, 0, 0]), b"".join(b"\0" + row.astype(">u2").tobytes() for row in rgb16))
passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
parts = [colors[top::down, left::across] for left, top, across, down in passes]
png(FOLDER / "interlaced.png", header + bytes([8, 2, 0, 0, 1]), b"".join(b"\0" + row.tobytes() for part in parts if part.size for row in part))
rgb.save(FOLDER / "baseline.jpg", quality=90, subsampling=2)
rgb.save(FOLDER / "progressive.jpeg", quality=80, progressive=True, subsampling=0)
rgb.convert("L").save(FOLDER / "gray.jpg", quality=90)
rgb.convert("CMYK").save(HERE / "cmyk.jpg")


def reference(name):
    image = Image.open(FOLDER / name)
    if name == "gray16.png":
        return np.round(gray16 / 257).astype(np.uint8)
    if name == "rgb16.png":
        return np.round(rgb16 / 257).astype(np.uint8)
    if name in ("rgba.png", "gray_alpha.png", "palette_alpha.png"):
        over = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
        return np.asarray(over.convert("L" if name == "gray_alpha.png" else "RGB"))
    return np.asarray(image.convert("L" if image.mode in ("1", "L") else "RGB"))


cases = []
for path in sorted(FOLDER.iterdir()):
    pixels = reference(path.name)
    channels = 1 if pixels.ndim == 2 else 3
    left, top = (WIDTH - min(WIDTH, HEIGHT)) // 2, (HEIGHT - min(WIDTH, HEIGHT)) // 2
    middle = Image.fromarray(pixels[top : top + min(WIDTH, HEIGHT), left : left + min(WIDTH, HEIGHT)])
    squares = {str(side): np.asarray(middle.resize((side, side), Image.BILINEAR)).ravel().tolist() for side in (4, 5, 16)}
    cases.append({"file": path.name, "width": WIDTH, "height": HEIGHT, "channels": channels, "pixels": pixels.ravel().tolist(), "squares": squares})
(HERE / "images.json").write_text(json.dumps(cases))
