"""Checks the installed kernel as a front end sees it, and measures it. Started by `scripts/check-jupyter`, which says in which folder it has exported the
example notebook.

    check_kernel.py FOLDER
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel

FOLDER = Path(sys.argv[1])
PACKAGE = Path(__file__).resolve().parent.parent
WAIT = 120


class FrontEnd:
    """A kernel of its own, and what it publishes."""

    def __init__(self, name="siam"):
        start = time.perf_counter()
        self.manager, self.client = start_new_kernel(kernel_name=name, startup_timeout=WAIT)
        self.seconds_to_start = time.perf_counter() - start

    def run(self, code):
        """What a cell publishes, and its reply."""
        messages = []
        reply = self.client.execute_interactive(
            code, timeout=WAIT, stop_on_error=False, output_hook=lambda message: messages.append((message["msg_type"], message["content"]))
        )
        return messages, reply["content"]

    def ask(self, name, *arguments):
        getattr(self.client, name)(*arguments)
        return self.client.get_shell_msg(timeout=WAIT)["content"]

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def check(condition, what):
    if not condition:
        sys.exit(f"check_kernel: {what}")


def check_exports():
    log = (FOLDER / "nbconvert.log").read_text()
    check("lexer" not in log.lower(), f"nbconvert warns of the language:\n{log}")
    notebook = json.loads((FOLDER / "quickstart.ipynb").read_text())
    outputs = [output for entry in notebook["cells"] for output in entry.get("outputs", [])]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    check(kinds >= {"text/plain", "text/html", "image/svg+xml"}, f"the notebook holds {sorted(kinds)}")
    check(not [output for output in outputs if output["output_type"] == "error"], "the notebook holds an error")
    lines = [output["data"]["text/plain"] for output in outputs if "epoch" in str(output.get("data", {}).get("text/plain"))]
    check(len(lines) == 2 and all("━" * 20 in "".join(line) for line in lines), f"a training is one line, at its end: {lines}")
    check(notebook["metadata"]["language_info"]["file_extension"] == ".siam", "the notebook does not know its language")
    page = (FOLDER / "quickstart.html").read_text()
    check("image/svg+xml" in page and "<table" in page, "the page holds no plot or no table")


def check_editing(front_end):
    completion = front_end.ask("complete", "# 𝛕\nprint τ + info", 18)
    check(completion["matches"] == ["infonce("], f"completion: {completion}")
    check((completion["cursor_start"], completion["cursor_end"]) == (14, 18), f"completion: {completion}")
    check(completion["metadata"]["_jupyter_types_experimental"][0]["type"] == "function", f"completion: {completion}")
    inspection = front_end.ask("inspect", "print infonce(", 14)
    check(inspection["found"] and "infonce(X, Y, tau)" in inspection["data"]["text/plain"], f"inspection: {inspection}")
    check(not front_end.ask("inspect", "zqx", 1)["found"], "there is help on what there is not")
    check(front_end.ask("is_complete", "for x in 1..3 {") == {"status": "incomplete", "indent": "  "}, "whether more must be typed")
    check(front_end.ask("is_complete", "print 1")["status"] == "complete", "whether more must be typed")


def check_cells(front_end):
    messages, reply = front_end.run("norm([[3, 4], [1, 0]])")
    check(reply["status"] == "ok" and ("[5, 1]" in str(messages)), f"a value: {messages}")
    messages, _ = front_end.run("print ans * 2")
    check("[10, 2]" in str(messages), f"ans: {messages}")
    messages, reply = front_end.run("print 1\nprint zq")
    check(reply["status"] == "error" and reply["evalue"] == "there is no `zq`", f"a mistake: {reply}")
    check(any(kind == "error" and "print zq" in "".join(content["traceback"]) for kind, content in messages), f"a mistake: {messages}")
    messages, _ = front_end.run("sql SELECT '<b>' AS name, 1 AS n")
    html = next(content["data"]["text/html"] for kind, content in messages if kind == "execute_result")
    check("<table" in html and "&lt;b&gt;" in html and "<b>" not in html, f"a table: {html}")
    messages, _ = front_end.run("plot sin(x) against x in 0..6")
    check(any("<svg" in content["data"].get("image/svg+xml", "") for kind, content in messages if kind == "execute_result"), "a plot is SVG")


def check_interrupt(front_end):
    front_end.run("data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)")
    # The front end's own interrupt, as soon as the training shows itself.
    request = front_end.client.execute('train 100000 steps as "long"', stop_on_error=False)
    while front_end.client.get_iopub_msg(timeout=WAIT)["msg_type"] != "display_data":
        pass
    front_end.manager.interrupt_kernel()
    reply = front_end.client.get_shell_msg(timeout=WAIT)
    check(reply["parent_header"]["msg_id"] == request and reply["content"]["ename"] == "KeyboardInterrupt", f"interrupt: {reply['content']}")
    messages, reply = front_end.run('train 3 steps as "more"')
    check(reply["status"] == "ok", f"training goes on: {reply}")
    messages, _ = front_end.run("history columns name, state format csv")
    check("long,interrupted" in str(messages) and "more,finished" in str(messages), f"the record: {messages}")


def kill_siam(front_end):
    """Kills the kernel's child, and waits until it is dead."""
    files = Path(f"/proc/{front_end.manager.provisioner.pid}/task").glob("*/children")
    (number,) = {int(child) for file in files for child in file.read_text().split()}
    os.kill(number, signal.SIGKILL)
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        try:
            if ") Z " in Path(f"/proc/{number}/stat").read_text():
                return
        except FileNotFoundError:
            return
        time.sleep(0.01)


def check_death(front_end):
    front_end.run("val kept = 5")
    kill_siam(front_end)
    messages, reply = front_end.run("print 6 * 7")
    said = "".join(content["text"] for kind, content in messages if kind == "stream")
    check("SIGKILL" in said and "data, model and names are gone" in said, f"a death between cells is told: {messages}")
    check("42" in str(messages) and reply["status"] == "ok", f"after a death: {messages}")

    front_end.run("data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)")
    front_end.client.execute("train 100000 steps", stop_on_error=False)
    while front_end.client.get_iopub_msg(timeout=WAIT)["msg_type"] != "display_data":
        pass
    kill_siam(front_end)
    reply = front_end.client.get_shell_msg(timeout=WAIT)["content"]
    check(reply["ename"] == "SiamEnded" and "SIGKILL" in reply["evalue"], f"a death in a cell is an error: {reply}")
    messages, reply = front_end.run("print kept")
    check("names are gone" in str(messages) and reply["evalue"] == "there is no `kept`", f"after a death in a cell: {messages}")


def check_restart(front_end):
    front_end.run("val kept = 5; data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)")
    front_end.client.execute('train 100000 steps as "restarted"')
    while front_end.client.get_iopub_msg(timeout=WAIT)["msg_type"] != "display_data":
        pass
    front_end.manager.restart_kernel()
    front_end.client.wait_for_ready(timeout=WAIT)
    _, reply = front_end.run("print kept")
    check(reply["status"] == "error", "a restarted kernel is a new session")
    messages, _ = front_end.run("history columns name, state format csv")
    check("restarted,interrupted" in str(messages), f"a restart loses no run: {messages}")


def check_missing():
    """A program that has been moved away: the kernel starts, and says so."""
    path = Path(KernelSpecManager().get_kernel_spec("siam").resource_dir) / "kernel.json"
    kept = path.read_text()
    specification = json.loads(kept)
    specification["env"] = {"SIAM_PROGRAM": "/nowhere/siam", "PATH": "/nowhere"}
    path.write_text(json.dumps(specification))
    try:
        front_end = FrontEnd()
        try:
            _, reply = front_end.run("print 1")
            check(reply["ename"] == "SiamMissing" and "/nowhere/siam" in reply["evalue"], f"a program that is gone: {reply}")
            check("siam jupyter install" in "".join(reply["traceback"]), f"a program that is gone: {reply}")
            check(front_end.ask("complete", "pri", 3)["matches"] == [], "completion without a program")
        finally:
            front_end.close()
    finally:
        path.write_text(kept)


def round_trip(front_end):
    """Milliseconds, the median of many."""
    times = []
    for _ in range(200):
        start = time.perf_counter()
        front_end.run("")
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def seconds_to_import(module):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, env={**os.environ, "PYTHONPATH": str(PACKAGE)})
    return time.perf_counter() - start


def measure(front_end):
    python = FrontEnd("python3")
    try:
        print(f"start of the kernel until it answers     {front_end.seconds_to_start:.2f} s  (Python's own: {python.seconds_to_start:.2f} s)")
        print(f"round trip of an empty cell, median      {round_trip(front_end):.1f} ms  (Python's own: {round_trip(python):.1f} ms)")
    finally:
        python.close()
    bare, client, kernel = (min(seconds_to_import(module) for _ in range(3)) for module in ("sys", "siam_kernel.client", "siam_kernel.kernel"))
    print(f"import of the client, of the kernel      {(client - bare) * 1e3:.0f} ms, {(kernel - bare) * 1e3:.0f} ms (ipykernel itself is most of it)")


def main():
    check_exports()
    front_end = FrontEnd()
    try:
        measure(front_end)
        for part in (check_editing, check_cells, check_interrupt, check_death, check_restart):
            part(front_end)
            print(f"ok  {part.__name__.removeprefix('check_')}")
    finally:
        front_end.close()
    check_missing()
    print("ok  missing")


main()
