"""Turns what Siam says while a cell runs into Jupyter's messages. Needs nothing but Python itself."""

import uuid

RED, YELLOW, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


class CellOutput:
    """The messages of one cell.

    A cell's only result is its `Out[n]`; of several, text is printed and tables and plots are displayed, in their order.
    A training is one display that is updated.
    """

    def __init__(self, send, execution_count):
        """`send(type, content)` publishes a message."""
        self.send = send
        self.execution_count = execution_count
        self.error = None
        self._held = None
        self._result_count = 0
        self._display = None

    def take(self, event):
        """One event of Siam's; those of later versions are passed over."""
        handler = getattr(self, "_take_" + event["event"], None)
        if handler:
            handler(event)

    def finish(self, done):
        """What the cell replies, once Siam is done with it."""
        if self._held and self._result_count == 1 and done["end"] == "completed":
            data, self._held = self._held, None
            self.send("execute_result", {"execution_count": self.execution_count, "data": data, "metadata": {}})
        self._flush()
        if done["end"] == "interrupted":
            return self.fail("KeyboardInterrupt", "interrupted", [f"{RED}interrupted{PLAIN}"])
        if done["end"] in ("failed", "usage"):
            name = "SiamFailure" if done["end"] == "failed" else "SiamError"
            error = self.error or {"message": "it failed", "text": "error: it failed"}
            return self.fail(name, error["message"], coloured(error["text"]).split("\n"))
        if done["end"] == "quit":
            self.stream("stdout", "Siam has been left; the next cell begins a new session\n")
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def fail(self, name, value, traceback):
        """Shows an error, and returns the reply that says so."""
        self._flush()
        content = {"ename": name, "evalue": value, "traceback": traceback}
        self.send("error", content)
        return {"status": "error", "execution_count": self.execution_count, **content}

    def stream(self, name, text):
        self._flush()
        self.send("stream", {"name": name, "text": text})

    def _take_result(self, event):
        self._flush()
        self._result_count += 1
        self._held = bundle(event)

    def _take_note(self, event):
        self.stream("stdout", event["text"] + "\n")

    def _take_relay(self, event):
        self.stream("stdout", event["text"])

    def _take_diagnostic(self, event):
        if event["level"] != "error":
            return self.stream("stderr", coloured(event["text"], YELLOW) + "\n")
        # The last one ends the cell; those before it are told where they happened.
        if self.error:
            self.stream("stderr", coloured(self.error["text"]) + "\n")
        self.error = event

    def _take_progress(self, event):
        self._flush()
        kind = "update_display_data" if self._display else "display_data"
        self._display = self._display or uuid.uuid4().hex
        self.send(kind, {"data": {"text/plain": event["text"]}, "metadata": {}, "transient": {"display_id": self._display}})
        if event["finished"]:
            self._display = None

    def _flush(self):
        """A result that is not the only one."""
        data, self._held = self._held, None
        if data is None:
            return
        if list(data) == ["text/plain"]:
            self.send("stream", {"name": "stdout", "text": data["text/plain"] + "\n"})
        else:
            self.send("display_data", {"data": data, "metadata": {}})


def bundle(event):
    """A result in every form that there is of it."""
    forms = {"text/plain": "text", "text/html": "html", "text/markdown": "markdown", "image/svg+xml": "svg"}
    return {kind: event[name] for kind, name in forms.items() if event.get(name)}


def coloured(text, colour=RED):
    """A diagnostic with its first line and its marks in colour."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if index == 0 or line.strip() and not line.strip(" ^~"):
            lines[index] = colour + line + PLAIN
    return "\n".join(lines)
