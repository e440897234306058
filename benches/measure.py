#!/usr/bin/env python3
"""Measures partnerbook and Hugo on the same portfolio. Called by compare.sh.

usage: measure.py compare --size N --rounds R --partnerbook BIN --workspace DIR --hugo BIN --hugo-site DIR
                          --scratch DIR --results FILE
       measure.py summary FILE
"""
import argparse, json, os, shutil, statistics, subprocess, sys, time

AS_OF = "2026-11-20"


# A child's peak memory counts the process that it was forked from, so the fork happens in an interpreter that holds nothing.
RUNNER = """
import os, sys, time
null = os.open(os.devnull, os.O_RDWR)
started = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
                        file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - started, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


def run(command, allowed=(0,)):
    """Runs a command to its end; returns wall seconds and peak resident memory in MB."""
    runner = subprocess.run([sys.executable, "-I", "-S", "-c", RUNNER, *command], stdin=subprocess.DEVNULL, capture_output=True)
    seconds, memory, code = runner.stdout.split() if runner.returncode == 0 else (0, 0, -1)
    if int(code) not in allowed:
        sys.stderr.buffer.write(runner.stderr[-4000:])
        sys.exit(f"exit code {int(code)}: {' '.join(command)}")
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024  # ru_maxrss: bytes on macOS, KiB elsewhere
    return {"seconds": float(seconds), "memory": int(memory) / unit}


def files_of(folder):
    """Relative paths and sizes of all files in a folder, in a fixed order."""
    found = []
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(at, name)
            found.append((os.path.relpath(path, folder), os.path.getsize(path)))
    return found


def floor(workspace, output, scratch):
    """The least that any build must do: read every source, write as many bytes into as many files."""
    sources = [os.path.join(workspace, path) for path, _ in files_of(workspace)]
    targets = files_of(output)
    blank = memoryview(bytes(max((size for _, size in targets), default=0)))
    shutil.rmtree(scratch, ignore_errors=True)
    started = time.perf_counter()
    for path in sources:
        with open(path, "rb", buffering=0) as source:
            source.read()
    made = set()
    for path, size in targets:
        full = os.path.join(scratch, path)
        parent = os.path.dirname(full)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        handle = os.open(full, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        written = 0
        while written < size:
            written += os.write(handle, blank[written:size])
        os.close(handle)
    seconds = time.perf_counter() - started
    shutil.rmtree(scratch)
    return seconds


def compare(options):
    site = os.path.join(options.scratch, "site")
    partnerbook = [options.partnerbook, "-C", options.workspace]
    build = [*partnerbook, "build", "--out", site, "--as-of", AS_OF]
    commands = {
        "partnerbook": [*build, "--quiet"],
        "hugo": [options.hugo, "--quiet", "--noBuildLock", "--source", options.hugo_site, "--destination", site],
    }
    fresh = {"partnerbook": [], "hugo": []}
    again = {"partnerbook": [], "hugo": []}
    written, checks, floors = {}, [], []
    for turn in range(options.rounds):
        # Each goes first in every other round, so that neither always finds the machine in the other's state.
        for tool in ("partnerbook", "hugo") if turn % 2 == 0 else ("hugo", "partnerbook"):
            shutil.rmtree(site, ignore_errors=True)
            fresh[tool].append(run(commands[tool]))
            again[tool].append(run(commands[tool]))
            sizes = [size for _, size in files_of(site)]
            written[tool] = (len(sizes), sum(sizes))
            if tool == "partnerbook":
                floors.append(floor(options.workspace, site, os.path.join(options.scratch, "floor")))
        checks.append(run([*partnerbook, "check", "--as-of", AS_OF], allowed=(0, 1)))
    shutil.rmtree(site, ignore_errors=True)

    middle = lambda runs, key: statistics.median(r[key] for r in runs)
    result = {"size": options.size, "check": middle(checks, "seconds"), "check_memory": middle(checks, "memory"), "floor": statistics.median(floors)}
    for tool in commands:
        result[tool] = {
            "fresh": middle(fresh[tool], "seconds"), "all": [r["seconds"] for r in fresh[tool]],
            "again": middle(again[tool], "seconds"), "memory": middle(fresh[tool], "memory"),
            "files": written[tool][0], "bytes": written[tool][1],
        }
    sources = files_of(options.workspace)
    report(result, len(sources), sum(size for _, size in sources), options.rounds)
    with open(options.results, "a") as results:
        results.write(json.dumps(result) + "\n")

    print("\nphases of one more build:", flush=True)
    subprocess.run([*build, "--timings"], stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=True)
    shutil.rmtree(site, ignore_errors=True)


def report(result, source_count, source_bytes, rounds):
    ours, theirs = result["partnerbook"], result["hugo"]
    mb = lambda count: count / 1e6
    row = lambda what, a, b="", note="": print(f"  {what:<34}{a:>14}{b:>14}   {note}".rstrip())
    seconds = lambda value: f"{value:.3f} s"
    print(f"\n{result['size']} partners: {source_count} source files, {mb(source_bytes):.1f} MB; rounds: {rounds}, of which the medians\n")
    row("", "partnerbook", "Hugo")
    row("build into a fresh folder", seconds(ours["fresh"]), seconds(theirs["fresh"]), f"Hugo / partnerbook = {theirs['fresh'] / ours['fresh']:.2f}")
    for tool, name in (("partnerbook", "partnerbook"), ("hugo", "Hugo")):
        row("", "", "", f"{name}: " + " ".join(f"{value:.3f}" for value in result[tool]["all"]))
    row("build over an existing output", seconds(ours["again"]), seconds(theirs["again"]), f"Hugo / partnerbook = {theirs['again'] / ours['again']:.2f}")
    row("peak memory", f"{ours['memory']:.0f} MB", f"{theirs['memory']:.0f} MB", f"Hugo / partnerbook = {theirs['memory'] / ours['memory']:.2f}")
    row("files written", ours["files"], theirs["files"])
    row("bytes written", f"{mb(ours['bytes']):.1f} MB", f"{mb(theirs['bytes']):.1f} MB")
    row("check", seconds(result["check"]), "", f"peak memory {result['check_memory']:.0f} MB")
    row("floor: read and write the same", seconds(result["floor"]), "", f"partnerbook / floor = {ours['fresh'] / result['floor']:.2f}")


def summary(path):
    with open(path) as lines:
        results = [json.loads(line) for line in lines]
    first, last = results[0], results[-1]
    if first["size"] == last["size"]:
        return
    more = last["size"] / first["size"]
    print(f"\nfrom {first['size']} to {last['size']} partners ({more:g} times as many) a build costs")
    for tool, name in (("partnerbook", "partnerbook"), ("hugo", "Hugo")):
        cost = last[tool]["fresh"] / first[tool]["fresh"]
        memory = last[tool]["memory"] / first[tool]["memory"]
        print(f"  {name:<12} {cost:6.2f} times the time ({cost / more:.2f} a partner), {memory:6.2f} times the memory")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("compare")
    for name in ("size", "rounds"):
        one.add_argument(f"--{name}", type=int, required=True)
    for name in ("partnerbook", "workspace", "hugo", "hugo-site", "scratch", "results"):
        one.add_argument(f"--{name}", required=True)
    commands.add_parser("summary").add_argument("file")
    options = parser.parse_args()
    if options.command == "compare":
        compare(options)
    else:
        summary(options.file)


if __name__ == "__main__":
    main()
