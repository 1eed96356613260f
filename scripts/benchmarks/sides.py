"""Runs one side of a measurement in a process of its own, and answers with its numbers."""
import dataclasses, json, os, pathlib, pty, select, signal, subprocess, sys, time

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FLOAT32_MODES = ["eager", "channels-last", "compile", "compile+channels-last"]
BF16_MODE = "bf16+channels-last"


class Failure(Exception):
    """What went wrong, for whoever measures."""


def say(text):
    print(f"benchmark: {text}", file=sys.stderr, flush=True)


@dataclasses.dataclass
class Sides:
    siam_path: str
    python: str
    threads: int

    def run(self, command, **changes):
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **changes})
        if done.returncode != 0:
            raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
        return done.stdout

    def siam(self, statements, steps=None, threads=None):
        """`siam bench` of an experiment; times in milliseconds."""
        command = [self.siam_path, "bench", "-e", statements, "--format", "json", "--quiet", "--db", ":memory:"]
        if steps:
            command += ["--steps", str(steps)]
        answer = json.loads(self.run(command, SIAM_THREADS=str(threads or self.threads)))
        return dict(answer, min=answer["min_ms"], median=answer["step_ms"], max=answer["max_ms"], mean=answer["mean_ms"])

    def torch(self, *arguments):
        """See torch_side.py; times in milliseconds."""
        # The last line: torch.compile may have said something before.
        return json.loads(self.run([self.python, FOLDER / "torch_side.py", *map(str, arguments)]).splitlines()[-1])

    def prompt(self):
        """Milliseconds from the start of the program to its prompt, at a terminal."""
        began = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.environ["TERM"] = "xterm"
            os.execv(self.siam_path, [self.siam_path, "--db", ":memory:"])
        seen = b""
        try:
            while b"siam> " not in seen:
                if not select.select([terminal], [], [], 30)[0]:
                    raise Failure(f"no prompt within 30 s: {seen!r}")
                seen += os.read(terminal, 4096)
            return 1e3 * (time.perf_counter() - began)
        except OSError:
            raise Failure(f"{self.siam_path} ended without a prompt: {seen.decode(errors='replace')}") from None
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(terminal)

    def importing(self):
        """Milliseconds of `python -c "import torch"`."""
        began = time.perf_counter()
        self.run([self.python, "-c", "import torch"])
        return 1e3 * (time.perf_counter() - began)

    def versions(self):
        text = "import torch, torchvision, sys; print(torch.__version__, torchvision.__version__, sys.version.split()[0])"
        return self.run([self.python, "-c", text]).split()


def commit():
    """Of the tree that is measured; `+` where it has changes that are not committed."""
    def git(*arguments):
        done = subprocess.run(["git", "-C", ROOT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip()

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no", "--", "Sources") else "")


def machine():
    """The processor and how many cores this process may use."""
    model = "unknown processor"
    try:
        for line in subprocess.run(["lscpu"], stdout=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}).stdout.splitlines():
            if line.startswith("Model name:"):
                model = line.split(":", 1)[1].strip()
    except OSError:
        pass
    return model, len(os.sched_getaffinity(0))
