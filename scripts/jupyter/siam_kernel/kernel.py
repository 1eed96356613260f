"""The kernel: Jupyter on one side, a session of Siam's on the other."""

import os
import shutil
import signal
import threading
from contextlib import contextmanager

from ipykernel.kernelbase import Kernel

from . import __version__
from .cell import CellOutput
from .client import Client, SiamEnded, SiamError, SiamMissing


def pygments_lexer():
    """Siam's own where it is registered; else the stock language whose comments, strings and operators look alike."""
    try:
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound
    except ImportError:
        return "text"
    try:
        get_lexer_by_name("siam")
        return "siam"
    except ClassNotFound:
        return "julia"


class SiamKernel(Kernel):
    implementation = "siam_kernel"
    implementation_version = __version__
    banner = "Siam"
    language_info = {
        "name": "siam",
        "version": "",
        "mimetype": "text/x-siam",
        "file_extension": ".siam",
        "pygments_lexer": pygments_lexer(),
        "codemirror_mode": "julia",
    }

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self._client = None
        self._warning = None
        self._is_closing = False
        self._starting = threading.Lock()
        try:
            self._session()
        except SiamMissing as problem:
            self.banner = str(problem)

    # What Jupyter asks for.

    def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, *, cell_meta=None, cell_id=None):
        def send(kind, content):
            if not silent:
                self.send_response(self.iopub_socket, kind, content)

        cell = CellOutput(send, self.execution_count)
        try:
            try:
                return self._run(cell, code, silent)
            except SiamEnded as end:
                if end.has_begun or self._is_closing:
                    raise
                # It had died before, and nothing of the cell has been run.
                return self._run(cell, code, silent)
        except SiamMissing as problem:
            hint = "`siam jupyter install` writes the kernel anew"
            return cell.fail("SiamMissing", str(problem), [f"Siam cannot be started: {problem}", f"  hint: {hint}"])
        except SiamError as problem:
            return cell.fail("SiamError", str(problem), [str(problem)])
        except SiamEnded as end:
            return self._mourn(cell, end)

    def do_complete(self, code, cursor_pos):
        start, end, matches = self._ask(lambda client: client.complete(code, cursor_pos), (cursor_pos, cursor_pos, []))
        types = [{"start": start, "end": end, "text": match["text"], "type": match["type"]} for match in matches]
        return {
            "status": "ok",
            "matches": [match["text"] for match in matches],
            "cursor_start": start,
            "cursor_end": end,
            "metadata": {"_jupyter_types_experimental": types},
        }

    def do_inspect(self, code, cursor_pos, detail_level=0, omit_sections=()):
        text = self._ask(lambda client: client.inspect(code, cursor_pos), None)
        return {"status": "ok", "found": text is not None, "data": {"text/plain": text} if text else {}, "metadata": {}}

    def do_is_complete(self, code):
        status, indent = self._ask(lambda client: client.is_complete(code), ("unknown", ""))
        return {"status": status, "indent": indent} if status == "incomplete" else {"status": status}

    def do_shutdown(self, restart):
        """May come in another thread while a cell runs: that is stopped, and its run recorded."""
        self._is_closing = True
        if self._client:
            self._client.close(4)
        return {"status": "ok", "restart": restart}

    # The session.

    def _run(self, cell, code, silent):
        client = self._session()
        warning, self._warning = self._warning, None
        if warning:
            cell.stream("stderr", warning + "\n")
        with self._interrupts(client):
            done = client.execute(code, cell.take, silent=silent, name=f"cell {self.execution_count}")
        errors = client.take_errors()
        if errors:
            cell.stream("stderr", errors)
        if done["end"] == "quit":
            self._drop()
        return cell.finish(done)

    def _session(self):
        """The one that runs; a new one where it has ended."""
        with self._starting:
            if self._client and self._client.is_running:
                return self._client
            if self._client:
                end = SiamEnded(self._client.process.poll())
                self._warning = self._warning or f"warning: {end}. It is started anew: data, model and names are gone; the history is not"
                self._client = None
            self._client = Client(self._program())
            self.banner = f"Siam {self._client.hello['siam']} · {self._client.hello['greeting']}"
            self.language_info = {**self.language_info, "version": self._client.hello["siam"]}
            return self._client

    def _program(self):
        """The program that installed the kernel; where it is gone, the one on the path."""
        pinned = os.environ.get("SIAM_PROGRAM") or "siam"
        return pinned if shutil.which(pinned) else shutil.which("siam") or pinned

    def _drop(self):
        self._client.close()
        self._client = None

    def _mourn(self, cell, end):
        """Siam has died under a cell."""
        self._client = None
        if self._is_closing:
            return cell.fail("SiamEnded", "shut down", ["Siam was shut down"])
        self._warning = "warning: Siam is started anew: data, model and names are gone; the history is not"
        lines = [f"\x1b[31m{end}\x1b[0m", *end.said.splitlines()[-20:], "The next cell starts it again, without the live state of before."]
        return cell.fail("SiamEnded", str(end), lines)

    def _ask(self, question, otherwise):
        try:
            return question(self._session())
        except (SiamError, SiamEnded, SiamMissing):
            return otherwise

    @contextmanager
    def _interrupts(self, client):
        """While a cell runs, the kernel's SIGINT is Siam's: no exception cuts what is being read."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, lambda *_: client.interrupt())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
