"""What scripts/benchmark measures: an item answers with comparisons (two sides, in turns) and tables."""
import os, pathlib, statistics, struct, tempfile

from sides import BF16_MODE, FLOAT32_MODES, Failure, say

PAIR = "augment none; probe off; loss -Pa . sg(Zb)"
QUICK = f"data shapes; use quick; batch 256; {PAIR}"
RESNET = f"data shapes; use paper; batch {{batch}}; {PAIR}"
MIB = 1 << 20


def spread(values):
    """Of numbers, or of answers of a side: the least, the median of medians, the most."""
    if isinstance(values[0], dict):
        return dict(
            min=min(x["min"] for x in values), median=statistics.median(x["median"] for x in values), max=max(x["max"] for x in values))
    return dict(min=min(values), median=statistics.median(values), max=max(values))


def comparison(what, unit, siam, other, other_name, ratios, reach):
    """`ratios` are by rounds; `reach` is in words."""
    return dict(what=what, unit=unit, siam=spread(siam), other=spread(other), other_name=other_name, ratio=spread(ratios), reach=reach)


def in_turns(rounds, *sides):
    """The sides, one after the other, `rounds` times; every other time from the last to the first."""
    found = [[] for _ in sides]
    for index in range(rounds):
        for side in range(len(sides)) if index % 2 == 0 else reversed(range(len(sides))):
            found[side].append(sides[side]())
    return found


def step(sides, options, name, model, statements, batch, steps, reaches):
    """A step of the same model on both sides: time and peak memory, against that of PyTorch's float32 modes which is fastest over all rounds."""
    steps = options.steps or steps

    def torch_in(mode):
        return lambda: sides.torch("step", model, batch, mode, steps, sides.threads)

    modes = {}
    for mode in FLOAT32_MODES + [BF16_MODE]:
        say(f"{name}: PyTorch {mode}")
        try:
            modes[mode] = torch_in(mode)()
        except Failure as failure:
            say(f"{name}: PyTorch {mode} is left out: {failure}")
    usable = [mode for mode in FLOAT32_MODES if mode in modes]
    if not usable:
        raise Failure(f"{name}: PyTorch ran in no float32 mode")
    # By their quickest steps, which what else the machine does disturbs least; those that come near the first compete in all rounds.
    quickest = min(modes[mode]["min"] for mode in usable)
    rivals = [mode for mode in usable if modes[mode]["min"] <= 1.05 * quickest]
    say(f"{name}: Siam and PyTorch {', '.join(rivals)} in turns")
    siam, *found = in_turns(options.rounds, lambda: sides.siam(statements, steps), *map(torch_in, rivals))
    best, torch = min(zip(rivals, found), key=lambda rival: spread(rival[1])["median"])
    if siam[0]["parameters"] != torch[0]["parameters"]:
        raise Failure(f"{name}: not one model: {siam[0]['parameters']} parameters here and {torch[0]['parameters']} in PyTorch")
    title = f"{'ResNet-18' if model == 'resnet18' else '`quick`'} step, batch {batch}"
    return dict(
        siam=siam[0]["openblas"],
        comparisons=[
            comparison(
                f"{title}: time", "ms", siam, torch, f"PyTorch {best}", [y["median"] / x["median"] for x, y in zip(siam, torch)],
                f"at least {reaches[0]}"),
            comparison(
                f"{title}: peak memory", "MiB", [x["peak_bytes"] / MIB for x in siam], [y["peak_bytes"] / MIB for y in torch],
                f"PyTorch {best}", [x["peak_bytes"] / y["peak_bytes"] for x, y in zip(siam, torch)], f"at most {reaches[1]}")
        ],
        tables=[
            dict(
                title=f"{title}: PyTorch's modes, once each (bf16 is shown for information)",
                columns=["mode", "min ms", "median ms", "max ms", "peak MiB"],
                rows=[[mode] + [round(x[key], 1) for key in ("min", "median", "max")] + [round(x["peak_bytes"] / MIB)] for mode, x in modes.items()]),
            parts(f"{title}: where Siam's goes", siam[-1])
        ])


def parts(title, answer):
    """The table by primitive, those of a share that counts."""
    rows = [[x["name"], round(x["ms"], 2), round(100 * x["share"], 1)] for x in answer["primitives"] + answer["outside"]]
    rows = [row for row in rows if row[2] >= 0.5] + [["effective GFLOP/s", round(answer["gflops"]), ""], [
        "share of a large sgemm's", f"{round(answer['sgemm_gflops'])} GFLOP/s", round(100 * answer["sgemm_share"], 1)]]
    return dict(title=title, columns=["part", "ms", "%"], rows=rows)


def quick(sides, options):
    return step(sides, options, "quick", "quick", QUICK, 256, 20, ("2.5", "0.7"))


def resnet18_64(sides, options):
    return step(sides, options, "resnet18-64", "resnet18", RESNET.format(batch=64), 64, 5, ("1.6, 2 to aim for", "0.7"))


def resnet18_256(sides, options):
    return step(sides, options, "resnet18-256", "resnet18", RESNET.format(batch=256), 256, 3, ("1.6, 2 to aim for", "0.7"))


def cifar10():
    """The folder with CIFAR-10 in it, as Siam finds it."""
    environment = os.environ
    home = environment.get("SIAM_HOME") or (
        environment["XDG_DATA_HOME"] + "/siam" if environment.get("XDG_DATA_HOME") else os.path.expanduser("~/.local/share/siam"))
    for root in filter(None, [environment.get("SIAM_DATA"), home + "/data", "/usr/share/datasets"]):
        for name in ["", "cifar10", "cifar-10-batches-bin", "cifar10-batches-bin", "cifar-10", "cifar10-sample"]:
            if (pathlib.Path(root) / name / "data_batch_1.bin").is_file():
                return str(pathlib.Path(root) / name)
    raise Failure("end-to-end: CIFAR-10 (binary) is not there; SIAM_DATA names the folder that holds it")


def end_to_end(sides, options):
    folder, mode, steps = cifar10(), "channels-last", options.steps or 20
    found = {}
    for kind in ("batch", "tensor", "pil"):
        for workers in (0, 1, 2):
            say(f"end-to-end: torchvision, {kind}, {workers} workers")
            found[kind, workers] = sides.torch("end-to-end", 256, mode, kind, workers, steps, sides.threads, folder)
    # A batch is transformed faster as one, with one draw for all its images; drawing for each image is what Siam does, and the paper.
    ways = [min((key for key in found if key[0] in kinds), key=lambda key: found[key]["mean"]) for kinds in (("tensor", "pil"), ("batch",))]
    say("end-to-end: Siam and torchvision (" + "; ".join(f"{kind}, {workers} workers" for kind, workers in ways) + ") in turns")
    statements = "data cifar10; use quick; batch 256; probe off; loss -Pa . sg(Zb)"

    def torch(way):
        return lambda: sides.torch("end-to-end", 256, mode, *way, steps, sides.threads, folder)

    siam, *others = in_turns(options.rounds, lambda: sides.siam(statements, steps), *map(torch, ways))
    # Batches come in bursts: over time the mean counts.
    speeds = [[256e3 / x["mean"] for x in side] for side in (siam, *others)]
    draws = ["each image drawn for itself", "one draw for all images of a batch"]
    return dict(
        siam=siam[0]["openblas"],
        comparisons=[
            comparison(
                f"`quick` on CIFAR-10, augmentation included, against {draw}", "images/s", speeds[0], other,
                f"PyTorch {mode}, transforms v2 ({kind}, {workers} workers)", [x / y for x, y in zip(speeds[0], other)], "at least 4")
            for draw, (kind, workers), other in zip(draws, ways, speeds[1:])
        ],
        tables=[
            dict(
                title="torchvision's ways, once each (`batch` draws one crop and one jitter for all images of a batch)",
                columns=["transforms on", "workers", "images/s"],
                rows=[[key[0], key[1], round(256e3 / x["mean"])] for key, x in found.items()]),
            dict(
                title="What Siam's step waits for its batch", columns=["step ms", "wait ms"],
                rows=[[round(x["median"], 1), round(x["wait_ms"], 2)] for x in siam])
        ])


def startup(sides, options):
    rounds = max(10, options.rounds)
    say("startup: the prompt and `import torch` in turns")
    # Both from the disk's cache.
    sides.prompt(), sides.importing()
    siam, other = in_turns(rounds, sides.prompt, sides.importing)
    return dict(
        rounds=rounds,
        comparisons=[
            comparison("time to the first prompt", "ms", siam, other, '`python -c "import torch"`', [y / x for x, y in zip(siam, other)], "at least 50")
        ])


def metrics(sides, options):
    rows = []
    for name, statements in (("`quick`, batch 256", QUICK), ("ResNet-18, batch 64", RESNET.format(batch=64))):
        say(f"metrics: {name}")
        for answer in [sides.siam(statements, options.steps) for _ in range(options.rounds)]:
            rows.append([
                name, round(answer["step_ms"], 1), round(answer["metrics_ms"], 2), round(100 * answer["metrics_share"], 2),
                round(answer["rank_ms"], 2)])
    return dict(
        tables=[
            dict(
                title="The operations that only metrics need (m_o, m_r, std, covariance; reach: under 2 %), and the effective rank, which is taken "
                "once an epoch", columns=["step", "ms", "metrics ms", "%", "rank ms"], rows=rows)
        ])


def threads(sides, options):
    if sides.threads < 2:
        return dict(tables=[dict(title="Threads: this machine has one core", columns=["threads"], rows=[[1]])])
    say(f"threads: ResNet-18, batch 64, on {sides.threads} and on one in turns")
    statements, steps = RESNET.format(batch=64), options.steps or 4
    many, one = in_turns(options.rounds, lambda: sides.siam(statements, steps), lambda: sides.siam(statements, steps, threads=1))
    return dict(
        siam=many[0]["openblas"],
        comparisons=[
            comparison(
                f"ResNet-18 step, batch 64: {sides.threads} threads", "ms", many, one, "one thread",
                [y["median"] / x["median"] for x, y in zip(many, one)], "at least 1.8" if sides.threads == 2 else "")
        ])


def growth(sides, options):
    tables = []
    for title, column, cases in series():
        say(f"growth: {title}")
        rows, first = [], None
        for value, statements in cases:
            answer = sides.siam(f"{statements}; {PAIR}", options.steps)
            first = first or answer
            time, work = (answer[key] / first[key] for key in ("step_ms", "gflop_step"))
            rows.append([value, round(answer["step_ms"], 1), round(answer["gflop_step"], 2), round(time, 2), round(work, 2), round(time / work, 2)])
        tables.append(
            dict(title=f"{title}: step time against the arithmetic", columns=[column, "ms", "GFLOP", "time ×", "GFLOP ×", "time / GFLOP"], rows=rows))
    folder.cleanup()
    return dict(rounds=1, tables=tables)


folder = tempfile.TemporaryDirectory(prefix="siam-benchmark-")


def series():
    """What grows, from the smallest."""
    quick = "data shapes; use quick"
    yield "Batch", "batch", [(n, f"{quick}; batch {n}") for n in (32, 64, 128, 256, 512, 1024)]
    yield "Width of the convnet", "width", [(n, f"{quick}; encoder convnet width={n}") for n in (8, 16, 32, 64)]
    yield "Width of ResNet-18, batch 64", "width", [(n, f"{quick}; batch 64; encoder resnet18 width={n}") for n in (8, 16, 32, 64)]
    yield "D", "D", [(n, f"data shapes; use quick dim={n}") for n in (128, 256, 512, 1024, 2048)]
    yield "Image side", "side", [(n, f'data idx "{squares(n)}"; use quick; batch 128') for n in (16, 24, 32, 48, 64, 96)]


def squares(side):
    """A folder with grey images of noise, `side` × `side`, in MNIST's format."""
    place = pathlib.Path(folder.name) / str(side)
    place.mkdir()
    for half, count in (("train", 512), ("t10k", 32)):
        (place / f"{half}-images-idx3-ubyte").write_bytes(struct.pack(">4I", 0x803, count, side, side) + os.urandom(count * side * side))
        (place / f"{half}-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 0x801, count) + bytes(k % 10 for k in range(count)))
    return place


ITEMS = {
    "quick": quick, "resnet18-64": resnet18_64, "resnet18-256": resnet18_256, "end-to-end": end_to_end, "startup": startup, "metrics": metrics,
    "threads": threads, "growth": growth
}
# More than ten minutes on two cores.
LONG = {"resnet18-256"}
WITH_TORCH = {"quick", "resnet18-64", "resnet18-256", "end-to-end", "startup"}
