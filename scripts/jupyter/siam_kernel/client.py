"""Talks to `siam --protocol json` (docs/protocol.md). Needs nothing but Python itself.

    with Client("/path/to/siam") as siam:
        done = siam.execute("print norm([3, 4])", print)

Cursors count code points, as Jupyter and Python count; the protocol counts UTF-8 bytes.
"""

import json
import os
import signal
import subprocess
import threading
from collections import deque

#: The version of the protocol that this module speaks.
VERSION = 1


class SiamError(Exception):
    """A request that Siam has refused."""


class SiamMissing(Exception):
    """The program cannot be started, or speaks another protocol."""


class SiamEnded(Exception):
    """The program has ended in the middle of a request, or before it: then nothing of it `has_begun`."""

    def __init__(self, status, said="", has_begun=False):
        self.status = status
        self.said = said
        self.has_begun = has_begun
        super().__init__(f"Siam has ended: {describe(status)}")


def describe(status):
    """How a process ended, in words."""
    if status is None:
        return "it closed its output"
    if status < 0 or status > 128:
        number = -status if status < 0 else status - 128
        try:
            return f"by signal {number} ({signal.Signals(number).name})"
        except ValueError:
            return f"by signal {number}"
    return f"with exit status {status}"


def utf8_offset(text, offset):
    """The bytes before a place that is counted in code points."""
    return len(text[: max(offset, 0)].encode("utf-8"))


def code_point_offset(text, offset):
    """The code points before a place that is counted in UTF-8 bytes."""
    return len(text.encode("utf-8")[: max(offset, 0)].decode("utf-8", "ignore"))


def well_formed(text):
    """A lone surrogate, which no file and no terminal can hold, becomes `?`; every offset stays."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Client:
    """One session of Siam's, in a process of its own. One request at a time; a thread that asks meanwhile waits."""

    def __init__(self, program="siam", arguments=(), folder=None):
        self.command = [program, "--protocol", "json", *arguments]
        self._number = 0
        self._buffer = bytearray()
        self._lock = threading.RLock()
        self._is_busy = False
        self._is_interrupted = False
        #: What came on standard error and has not been taken.
        self._said = deque(maxlen=200)
        try:
            # A session of its own: a signal for the kernel's group is the kernel's to pass on, and comes once.
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, start_new_session=True
            )
        except OSError as error:
            raise SiamMissing(f"{program}: {error.strerror}") from None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.hello = self._greeting()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def is_running(self):
        return self.process.poll() is None

    def execute(self, code, on_event=lambda event: None, silent=False, name=None):
        """Runs statements, tells each event as it comes, and returns `done`: how it ended, and what `ans` is."""
        members = {"code": well_formed(code), "silent": silent}
        if name:
            members["name"] = name
        return self._ask("execute", "done", on_event, **members)

    def complete(self, code, cursor):
        """(start, end, matches): what can stand in the place of a part of the code."""
        code = well_formed(code)
        event = self._ask("complete", "completions", code=code, cursor=utf8_offset(code, cursor))
        return code_point_offset(code, event["start"]), code_point_offset(code, event["end"]), event["matches"]

    def inspect(self, code, cursor):
        """What `help` says of what the cursor touches, or None."""
        code = well_formed(code)
        event = self._ask("inspect", "inspection", code=code, cursor=utf8_offset(code, cursor))
        return event["text"] if event["found"] else None

    def is_complete(self, code):
        """(status, indent): `complete`, `incomplete` or `invalid`, and what the next line should begin with."""
        event = self._ask("is_complete", "completeness", code=well_formed(code))
        return event["status"], event.get("indent", "")

    def interrupt(self):
        """Stops what runs at its next step. Safe in a signal handler, and before the program has read the request."""
        self._is_interrupted = True
        if self._is_busy:
            self._signal(signal.SIGINT)

    def close(self, patience=10):
        """Ends the program in order, so that what it has recorded is kept. Returns its exit status.

        In the middle of another thread's request, what runs is stopped first.
        """
        is_ours = self._lock.acquire(blocking=False)
        try:
            if is_ours:
                self._say_goodbye()
            else:
                self._signal(signal.SIGTERM)
            status = self._wait(patience)
            self._listener.join(2)
            if is_ours:
                self.process.stdout.close()
                self.process.stderr.close()
            return status
        finally:
            if is_ours:
                self._lock.release()

    def _say_goodbye(self):
        try:
            if self.is_running:
                self._write({"id": 0, "request": "shutdown"})
            self.process.stdin.close()
        except OSError:
            pass

    def _wait(self, patience):
        for insist in (lambda: self._signal(signal.SIGTERM), self.process.kill):
            try:
                return self.process.wait(patience)
            except subprocess.TimeoutExpired:
                insist()
        return self.process.wait()

    def take_errors(self):
        """What the program has written to standard error since the last call: nothing, unless something is wrong."""
        lines = []
        while self._said:
            lines.append(self._said.popleft())
        return "".join(lines)

    def _greeting(self):
        try:
            hello = self._read()
        except SiamEnded as end:
            self.close()
            raise SiamMissing(f"{' '.join(self.command)} ended {describe(end.status)}\n{end.said}".rstrip()) from None
        if hello.get("event") != "hello" or hello.get("protocol") != VERSION:
            self.process.kill()
            self.close()
            raise SiamMissing(f"{self.command[0]} speaks protocol {hello.get('protocol')}, and this kernel {VERSION}")
        return hello

    def _ask(self, request, answer, on_event=None, **members):
        with self._lock:
            self._number += 1
            number = self._number
            self._is_interrupted = False
            result = None
            try:
                try:
                    self._write({"id": number, "request": request, **members})
                except OSError:
                    raise self._ended() from None
                while True:
                    event = self._read()
                    kind = event["event"]
                    if kind == "error":
                        raise SiamError(event["message"])
                    if kind == "status":
                        self._set_busy(event["status"] == "busy")
                        if not self._is_busy:
                            return result
                    elif kind == answer:
                        result = event
                    elif on_event:
                        on_event(event)
            finally:
                self._is_busy = False

    def _set_busy(self, is_busy):
        self._is_busy = is_busy
        # A signal that came before the program had begun would have been forgotten there.
        if is_busy and self._is_interrupted:
            self._signal(signal.SIGINT)

    def _write(self, request):
        self.process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        self.process.stdin.flush()

    def _read(self):
        """The next event. A line that came in part when a signal's handler ran is not lost."""
        while True:
            end = self._buffer.find(b"\n")
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                return json.loads(line)
            chunk = os.read(self.process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise self._ended()
            self._buffer += chunk

    def _ended(self):
        try:
            status = self.process.wait(5)
        except subprocess.TimeoutExpired:
            status = None
        self._listener.join(2)
        return SiamEnded(status, self.take_errors(), self._is_busy)

    def _listen(self):
        for line in self.process.stderr:
            self._said.append(line.decode("utf-8", "replace"))

    def _signal(self, number):
        if self.is_running:
            self.process.send_signal(number)
