"""The page: what was measured, where, and with what."""

HEAD = """# Benchmarks

Siam against PyTorch on one machine, measured by `scripts/benchmark`, which writes this page. Both sides train the same model (the counts of
parameters are compared) on float32 with the symmetric SimSiam loss, SGD with momentum and decay, on the same batch and number of threads; the online
probe is off, Siam's metrics are on, as always. Each measurement is a process of its own, the sides take turns, and never run at once. Of PyTorch's
float32 modes the fastest counts. A side's numbers are the least, the median of the rounds' medians, and the most; a ratio is that of a round.
Memory is the most that the process ever held, PyTorch's and Siam's own libraries included.
"""


def number(value):
    """Four digits, thousands with commas."""
    if not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def line(cells):
    return "| " + " | ".join(number(cell).replace("|", "\\|") for cell in cells) + " |"


def table(columns, rows):
    return "\n".join([line(columns), line(["---"] * len(columns))] + [line(row) for row in rows])


def spread(found, unit=""):
    return f"{number(found['median'])} ({number(found['min'])}–{number(found['max'])})" + (f" {unit}" if unit else "")


def place(facts):
    return f"Siam {facts['commit']}, {facts['machine']}, {facts['threads']} threads" + (f", {facts['versions']}" if facts.get("versions") else "") \
        + (f", {facts['siam']}" if facts.get("siam") else "") + f", {facts['when']}"


def summary(results):
    rows = [
        [x["what"], spread(x["siam"], x["unit"]), f"{x['other_name']}: {spread(x['other'], x['unit'])}", spread(x["ratio"]), x["reach"]]
        for found in results.values() for x in found.get("comparisons", [])
    ]
    return table(["what", "Siam", "against", "ratio", "to reach"], rows)


def page(results):
    """`results` by item, in order."""
    parts = [HEAD, summary(results)] if any(x.get("comparisons") for x in results.values()) else [HEAD]
    for name, found in results.items():
        parts.append(f"\n## {name}\n\n{place(found['facts'])}; {found['facts']['rounds']} rounds.")
        for part in found.get("tables", []):
            parts.append(f"\n{part['title']}:\n\n{table(part['columns'], part['rows'])}")
    return "\n".join(parts) + "\n"


def terminal(name, found):
    """What is printed of an item."""
    lines = []
    for x in found.get("comparisons", []):
        lines += [
            x["what"], f"  Siam    {spread(x['siam'], x['unit'])}", f"  against {spread(x['other'], x['unit'])}   {x['other_name']}",
            f"  ratio   {spread(x['ratio'])}" + (f"   to reach: {x['reach']}" if x["reach"] else "")
        ]
    for part in found.get("tables", []):
        widths = [max(len(number(row[k])) for row in [part["columns"], *part["rows"]]) for k in range(len(part["columns"]))]
        lines.append(part["title"])
        lines += ["  " + "  ".join(number(cell).rjust(width) for cell, width in zip(row, widths)) for row in [part["columns"], *part["rows"]]]
    return f"── {name}\n" + "\n".join(lines)
