#!/usr/bin/env python3
"""Measures the items that scripts/benchmark names, keeps what was found, and writes the page. See `scripts/benchmark --help`."""
import argparse, json, os, pathlib, sys, time

from items import ITEMS, LONG, WITH_TORCH
from page import page, terminal
from sides import ROOT, Failure, Sides, commit, machine, say


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


positive.__name__ = "number from 1"


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/benchmark", add_help=False)
    parser.add_argument("items", nargs="*", metavar="ITEM")
    parser.add_argument("--rounds", type=positive, default=3)
    parser.add_argument("--steps", type=positive)
    parser.add_argument("--page", type=pathlib.Path, default=ROOT / "BENCHMARKS.md")
    parser.add_argument("--page-only", action="store_true")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / ".build/benchmark.json")
    parser.add_argument("--siam", default="")
    parser.add_argument("--python", default="")
    parser.add_argument("--needs", action="store_true", help="say what has to be there to measure, and measure nothing")
    options = parser.parse_args()
    for item in options.items:
        if item not in ITEMS:
            parser.error(f"there is no item `{item}`; there are: {', '.join(ITEMS)}")
    options.items = [item for item in ITEMS if item in options.items] or [item for item in ITEMS if item not in LONG]
    return options


def kept(path):
    """What earlier runs found, by item."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Failure(f"{path} cannot be read: {error}") from None


def measure(options, results):
    model, cores = machine()
    wanted = os.environ.get("SIAM_THREADS", "")
    sides = Sides(os.path.abspath(options.siam), options.python, int(wanted) if wanted.isdigit() and 0 < int(wanted) <= cores else cores)
    if os.getloadavg()[0] > 0.5:
        say(f"something else is running (load {os.getloadavg()[0]:.1f}): the numbers will be worse than they are")
    for item in options.items:
        facts = dict(
            commit=commit(), machine=f"{model}, {cores} cores", threads=sides.threads, rounds=options.rounds, when=time.strftime("%Y-%m-%d %H:%M"))
        if item in WITH_TORCH:
            facts["versions"] = "torch {}, torchvision {}, Python {}".format(*sides.versions())
        found = ITEMS[item](sides, options)
        facts["siam"] = found.pop("siam", None)
        results[item] = dict(found, facts=facts)
        # At once: what was measured is not lost with what fails after it.
        options.results.parent.mkdir(parents=True, exist_ok=True)
        options.results.write_text(json.dumps(results, indent=1))
        print(terminal(item, results[item]), flush=True)


def main():
    options = arguments()
    if options.needs:
        return print("" if options.page_only else "siam torch" if WITH_TORCH & set(options.items) else "siam")
    results = kept(options.results)
    if not options.page_only:
        measure(options, results)
    options.page.write_text(page({item: results[item] for item in ITEMS if item in results}))
    say(f"{options.page} is written")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        say(failure)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
