#!/usr/bin/env python3
"""Measures how long it takes from saving a file until `partnerbook serve` answers with the new page.

usage: benches/serve.py [N ...]     numbers of partners, 1000 and 10000 when none is given

Environment: PARTNERBOOK_BENCH, the folder of corpus.py; PARTNERBOOK, the program; ROUNDS, edits of each kind (20).
"""

import http.client
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BENCH = pathlib.Path(os.environ.get("PARTNERBOOK_BENCH", HERE.parent.parent / "shared" / "bench"))
PROGRAM = os.environ.get("PARTNERBOOK", str(HERE.parent / "target" / "release" / "partnerbook"))
ROUNDS = int(os.environ.get("ROUNDS", "20"))
AS_OF = "2026-11-20"
PATIENCE = 10.0
REST = 0.3


class Server:
    """A running `partnerbook serve`, ended by its id."""

    def __init__(self, root):
        started = time.perf_counter()
        log = root.with_suffix(".log")
        with log.open("w") as said:
            self.process = subprocess.Popen([PROGRAM, "-C", root, "serve", "--as-of", AS_OF], stdout=said, stderr=subprocess.DEVNULL)
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text())):
            if self.process.poll() is not None or time.perf_counter() - started > PATIENCE:
                self.end()
                raise SystemExit("error: the server did not start")
            time.sleep(0.002)
        self.port = int(found[1])
        self.start = time.perf_counter() - started
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path):
        self.connection.request("GET", "/" + path)
        return self.connection.getresponse().read().decode("utf-8", "replace")

    def until(self, path, is_there):
        """Seconds until the page is as it should be."""
        started = time.perf_counter()
        while not is_there(self.get(path)):
            if time.perf_counter() - started > PATIENCE:
                raise SystemExit(f"error: {path} did not change") from None
            time.sleep(0.0005)
        took = time.perf_counter() - started
        # Nobody saves twice in a moment; what goes on behind an answer is not part of the next one.
        time.sleep(REST)
        return took

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024

    def end(self):
        self.process.terminate()
        self.process.wait()


def report(what, seconds):
    ordered = sorted(seconds)
    print(f"  {what:34} median {statistics.median(ordered) * 1000:7.1f} ms   worst {ordered[-1] * 1000:7.1f} ms")


def measure(n, root):
    subprocess.run([sys.executable, BENCH / "corpus.py", str(n), root], check=True, stdout=subprocess.DEVNULL)
    checks = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([PROGRAM, "-C", root, "check", "--as-of", AS_OF], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        checks.append(time.perf_counter() - started)
    server = Server(root)
    print(f"{n} partners: check {statistics.median(checks):.2f} s, serve ready after {server.start:.2f} s")
    try:
        partners = sorted((root / "content" / "partners").iterdir())
        folders = [path for path in partners if (path / "index.md").is_file()]
        prose, values, stages, reviews, names, files = [], [], [], [], [], []
        for at in range(ROUNDS):
            folder = folders[at * len(folders) // ROUNDS]
            file, page = folder / "index.md", f"partners/{folder.name}.html"
            text, token = file.read_text(), f"word{at}token"
            file.write_text(f"{text}\nA sentence with {token} in it.\n")
            prose.append(server.until(page, lambda body: token in body))
            file.write_text(text)
            server.until(page, lambda body: token not in body)

            before = server.get(page)
            file.write_text(re.sub(r"(2026-Q3: )[\d.]+", r"\g<1>7", text, count=1))
            if file.read_text() != text:
                values.append(server.until(page, lambda body: body != before))
                file.write_text(text)
                server.until(page, lambda body: body == before)

            file.write_text(re.sub(r"^stage: .*$", "stage: exited", text, count=1, flags=re.M))
            if file.read_text() != text:
                stages.append(server.until(page, lambda body: body != before))
                file.write_text(text)
                server.until(page, lambda body: body == before)

            file.write_text(re.sub(r"^name: (.*)$", rf"name: \g<1> {token}", text, count=1, flags=re.M))
            names.append(server.until(page, lambda body: token in body))
            file.write_text(text)
            server.until(page, lambda body: token not in body)

            quarters = sorted((folder / "qbr").glob("*.md")) if (folder / "qbr").is_dir() else []
            if quarters:
                review, page = quarters[-1], f"partners/{folder.name}/qbr/{quarters[-1].stem}.html"
                old = review.read_text()
                review.write_text(f"{old}\nA sentence with {token} in it.\n")
                reviews.append(server.until(page, lambda body: token in body))
                review.write_text(old)
                server.until(page, lambda body: token not in body)

            new = folder / f"{token}.md"
            new.write_text(f"# A page\n\nWith {token} in it.\n")
            page = f"partners/{folder.name}/{token}.html"
            files.append(server.until(page, lambda body: f"With {token}" in body))
            new.unlink()
            server.until(page, lambda body: f"With {token}" not in body)
        for what, seconds in [
            ("words of a partner", prose),
            ("a value of a KPI", values),
            ("the stage of a partner", stages),
            ("words of a review", reviews),
            ("the name of a partner", names),
            ("a new page", files),
        ]:
            if seconds:
                report(what, seconds)
        print(f"  peak memory {server.memory()} MB")
    finally:
        server.end()


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [1000, 10000]
    shm = pathlib.Path("/dev/shm")
    top = pathlib.Path(tempfile.mkdtemp(prefix="partnerbook-serve-", dir=shm if shm.is_dir() else None))
    try:
        for n in sizes:
            measure(n, top / str(n))
    finally:
        shutil.rmtree(top)


if __name__ == "__main__":
    main()
