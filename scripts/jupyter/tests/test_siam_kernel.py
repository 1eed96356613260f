"""The kernel without Jupyter: its client against the program, its messages, and the example notebook.

    SIAM_BIN=.build/release/siam python3 -m unittest discover scripts/jupyter/tests
"""

import json
import os
import stat
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from siam_kernel import cell, client  # noqa: E402
from siam_kernel.client import Client, SiamEnded, SiamError, SiamMissing  # noqa: E402

ROOT = HERE.parents[2]
PROGRAM = os.environ.get("SIAM_BIN") or str(ROOT / ".build/release/siam")
SMALL = "data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)"
LONG = 'train 100000 steps as "long"'


class SessionCase(unittest.TestCase):
    """A session with a history of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.history = os.path.join(self.folder, "history.sqlite")

    def client(self):
        siam = Client(PROGRAM, ["--db", self.history], folder=self.folder)
        self.addCleanup(siam.close, 30)
        return siam

    def run_cell(self, siam, code):
        """The messages of a cell, and its reply."""
        messages = []
        output = cell.CellOutput(lambda kind, content: messages.append((kind, content)), 3)
        reply = output.finish(siam.execute(code, output.take, name="cell 3"))
        return messages, reply


class ClientTests(SessionCase):
    def test_a_session(self):
        siam = self.client()
        self.assertEqual(siam.hello["protocol"], client.VERSION)
        events = []
        done = siam.execute("val x = 20; print x + 22", events.append)
        self.assertEqual((done["end"], done["ans"]), ("completed", 42))
        self.assertEqual([event["event"] for event in events], ["result"])
        self.assertEqual(siam.execute("print x", silent=True)["end"], "completed")
        self.assertEqual(siam.is_complete("for x in 1..3 {"), ("incomplete", "  "))
        self.assertEqual(siam.is_complete("print 1"), ("complete", ""))
        self.assertEqual(siam.close(), 0)

    def test_cursors_count_code_points(self):
        siam = self.client()
        code = "# 𝛕, é\nprint τ + info"
        start, end, matches = siam.complete(code, len(code))
        self.assertEqual(code[start:end], "info")
        self.assertEqual([(match["text"], match["type"]) for match in matches], [("infonce(", "function")])
        self.assertIn("infonce(X, Y, tau)", siam.inspect("print τ + infonce(1)", 12))
        self.assertIsNone(siam.inspect("zqx", 1))

    def test_offsets(self):
        text = "aτ𝛕b"
        for offset in range(len(text) + 1):
            self.assertEqual(client.code_point_offset(text, client.utf8_offset(text, offset)), offset)
        self.assertEqual(client.utf8_offset(text, 99), 8)
        self.assertEqual(client.utf8_offset(text, -1), 0)
        self.assertEqual(client.code_point_offset(text, 2), 1)

    def test_text_that_no_file_can_hold(self):
        siam = self.client()
        self.assertEqual(siam.execute("print 1 # \ud800")["end"], "completed")
        self.assertEqual(siam.complete("\ud800\udc00 ls", 5)[0:2], (3, 5))

    def test_a_refused_request_leaves_the_session(self):
        siam = self.client()
        with self.assertRaises(SiamError):
            siam.execute("1" * (17 << 20))
        self.assertEqual(siam.execute("print 1")["ans"], 1)

    def test_an_interrupt_stops_a_training_and_the_model_lives(self):
        siam = self.client()
        siam.execute(SMALL)
        stop = lambda event: event["event"] == "progress" and siam.interrupt()  # noqa: E731
        self.assertEqual(siam.execute(LONG, stop)["end"], "interrupted")
        self.assertEqual(siam.execute('train 2 steps as "more"')["end"], "completed")
        states = []
        siam.execute("history columns name, state format csv", lambda event: states.append(event.get("text")))
        self.assertIn("long,interrupted", states[0])
        self.assertIn("more,finished", states[0])

    def test_an_interrupt_before_the_program_has_begun_is_kept(self):
        siam = self.client()
        siam.execute(SMALL)
        write = siam._write

        def interrupted(request):
            siam.interrupt()
            write(request)

        siam._write = interrupted
        self.assertEqual(siam.execute(LONG)["end"], "interrupted")

    def test_closing_in_the_middle_records_the_run(self):
        siam = self.client()
        siam.execute(SMALL)
        begun = threading.Event()
        failures = []

        def train():
            try:
                siam.execute(LONG, lambda event: begun.set())
            except SiamEnded as end:
                failures.append(end.status)

        thread = threading.Thread(target=train)
        thread.start()
        begun.wait(60)
        self.assertEqual(siam.close(30), 143)
        thread.join(30)
        self.assertIn(failures, ([], [143]))
        rows = []
        self.client().execute("history columns name, state format csv", lambda event: rows.append(event.get("text")))
        self.assertIn("long,interrupted", rows[0])

    def test_a_program_that_dies_says_how(self):
        siam = self.client()
        siam.process.kill()
        with self.assertRaises(SiamEnded) as end:
            siam.execute("print 1")
        self.assertEqual(str(end.exception), "Siam has ended: by signal 9 (SIGKILL)")
        self.assertFalse(siam.is_running or end.exception.has_begun)
        siam = self.client()
        siam.execute(SMALL)
        with self.assertRaises(SiamEnded) as end:
            siam.execute(LONG, lambda event: siam.process.kill())
        self.assertTrue(end.exception.has_begun)
        self.assertEqual(client.describe(1), "with exit status 1")
        self.assertEqual(client.describe(143), "by signal 15 (SIGTERM)")

    def test_a_program_that_is_no_siam(self):
        with self.assertRaisesRegex(SiamMissing, "nowhere/siam: No such file"):
            Client("/nowhere/siam")
        path = os.path.join(self.folder, "siam")
        for answer, problem in [
            ('echo \'{"event": "hello", "protocol": 99}\'; cat', "speaks protocol 99, and this kernel 1"),
            ("echo broken >&2; exit 3", "with exit status 3\nbroken"),
        ]:
            Path(path).write_text("#!/bin/sh\n" + answer + "\n")
            os.chmod(path, stat.S_IRWXU)
            with self.assertRaisesRegex(SiamMissing, problem):
                Client(path)


class CellTests(SessionCase):
    def test_the_only_result_is_the_cells(self):
        messages, reply = self.run_cell(self.client(), "val x = 1\nx + 1")
        self.assertEqual([kind for kind, _ in messages], ["execute_result"])
        self.assertEqual(messages[0][1]["data"], {"text/plain": "2"})
        self.assertEqual((reply["status"], reply["execution_count"]), ("ok", 3))

    def test_help_is_markdown(self):
        messages, _ = self.run_cell(self.client(), "help loss")
        self.assertEqual(list(messages[0][1]["data"]), ["text/plain", "text/markdown"])

    def test_several_are_printed_in_their_order(self):
        messages, _ = self.run_cell(self.client(), "print 1; sql SELECT 1 AS a\nprint 2")
        self.assertEqual([kind for kind, _ in messages], ["stream", "display_data", "stream"])
        self.assertEqual(list(messages[1][1]["data"]), ["text/plain", "text/html"])
        self.assertEqual(messages[0][1], {"name": "stdout", "text": "1\n"})
        self.assertEqual(messages[2][1], {"name": "stdout", "text": "2\n"})

    def test_a_mistake(self):
        messages, reply = self.run_cell(self.client(), "print 1\nprint zq")
        self.assertEqual([kind for kind, _ in messages], ["stream", "error"])
        self.assertEqual((reply["status"], reply["ename"], reply["evalue"]), ("error", "SiamError", "there is no `zq`"))
        self.assertEqual(
            reply["traceback"][:3], ["\x1b[31mcell 3:2:7: error: there is no `zq`\x1b[0m", "    print zq", "\x1b[31m          ^~\x1b[0m"]
        )
        self.assertEqual(messages[1][1]["traceback"], reply["traceback"])
        self.assertEqual(self.run_cell(self.client(), "expect 1 == 2")[1]["ename"], "SiamFailure")

    def test_a_training_is_one_display(self):
        siam = self.client()
        siam.execute("data shapes train=128 test=64; use quick dim=16; batch 64; encoder convnet width=4; loss -Pa . sg(Zb)")
        messages, reply = self.run_cell(siam, "train 4 steps")
        shown = [content for kind, content in messages if kind.endswith("display_data")]
        self.assertEqual([kind for kind, _ in messages][0], "display_data")
        self.assertEqual(sum(kind == "display_data" for kind, _ in messages), 1)
        self.assertEqual(len({content["transient"]["display_id"] for content in shown}), 1)
        self.assertIn("epoch 2/2 ━━━━━━━━━━━━━━━━━━━━", shown[-1]["data"]["text/plain"])
        self.assertEqual(reply["status"], "ok")

    def test_quit_is_no_mistake(self):
        messages, reply = self.run_cell(self.client(), "quit")
        self.assertEqual(reply["status"], "ok")
        self.assertIn("the next cell begins a new session", messages[0][1]["text"])

    def test_warnings_and_events_to_come(self):
        messages = []
        output = cell.CellOutput(lambda kind, content: messages.append((kind, content)), 1)
        output.take({"event": "hologram", "text": "?"})
        output.take({"event": "diagnostic", "level": "warning", "text": "warning: w"})
        self.assertEqual(messages, [("stream", {"name": "stderr", "text": "\x1b[33mwarning: w\x1b[0m\n"})])
        self.assertEqual(output.finish({"end": "interrupted"})["ename"], "KeyboardInterrupt")


class NotebookTests(SessionCase):
    def test_the_example_runs(self):
        notebook = json.loads((ROOT / "examples/quickstart.ipynb").read_text(encoding="utf-8"))
        siam = self.client()
        shown = []
        for entry in notebook["cells"]:
            if entry["cell_type"] != "code":
                continue
            code = "".join(entry["source"])
            messages, reply = self.run_cell(siam, code)
            self.assertEqual(reply["status"], "ok", f"{code}\n{reply}")
            self.assertEqual(entry["outputs"], [], "the example is kept without its outputs")
            shown += [content["data"] for _, content in messages if "data" in content]
        (plot,) = [data for data in shown if "image/svg+xml" in data]
        self.assertIn("naive", "".join(ElementTree.fromstring(plot["image/svg+xml"]).itertext()))
        self.assertIn("mo", plot["text/plain"])
        (table,) = [data for data in shown if "text/html" in data]
        self.assertIn("center repelled", "".join(ElementTree.fromstring(table["text/html"]).itertext()))


class LexerTests(unittest.TestCase):
    def test_every_example_has_its_colours(self):
        try:
            from pygments.token import Error
        except ImportError:
            self.skipTest("Pygments is not installed")
        from siam_kernel.lexer import SiamLexer

        for path in (ROOT / "examples").rglob("*.siam"):
            text = path.read_text(encoding="utf-8")
            tokens = list(SiamLexer(stripnl=False, ensurenl=False).get_tokens(text))
            self.assertEqual("".join(value for _, value in tokens), text, path)
            self.assertFalse([token for token in tokens if token[0] is Error], path)
        colours = dict((value, kind) for kind, value in SiamLexer().get_tokens('loss -Za . sg(Zb)  # why\nval A = 3; train fresh as "x"\nx + 1'))
        self.assertEqual(str(colours["loss"]), "Token.Keyword")
        self.assertEqual(str(colours["train"]), "Token.Keyword")
        self.assertEqual(str(colours["sg"]), "Token.Name.Function")
        self.assertEqual(str(colours["# why"]), "Token.Comment.Single")
        self.assertEqual(str(colours["x"]), "Token.Name")


if __name__ == "__main__":
    unittest.main()
