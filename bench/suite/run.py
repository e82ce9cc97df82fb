"""Runs what scripts/bench was asked for: builds its programs, lets each print its figures, adds the row of docs/PERFORMANCE.md
that a figure belongs to, and keeps all of them in build/bench/results.jsonl.

What cannot be measured (a package is not there, a program fails) is a line with "met": null and why, and the rest
goes on. Ends with 1 when there was such a line for a reason other than a missing package."""
import argparse
import fnmatch
import json
import pathlib
import subprocess
import sys
import threading
import time

import figures
import machine
import parts
import programs

RESULTS = programs.root / "build/bench/results.jsonl"
ROWS = json.loads((pathlib.Path(__file__).parent / "rows.json").read_text())


def row_of(name):
    return next((row["row"] for row in ROWS if any(fnmatch.fnmatchcase(name, one) for one in row["names"])), None)


class Results:
    """What was printed, with rows; also in a file."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = open(path, "w")
        self.rows = set()

    def add(self, figure, row=None):
        row = row or row_of(figure["name"])
        self.rows.add(row)
        text = json.dumps({"name": figure["name"], "row": row, **figure})
        for out in (sys.stdout, self.file):
            print(text, file=out, flush=True)

    def missing(self, name, row, why):
        self.add({"name": name, "value": None, "unit": "", "peer": "", "peer_value": None, "ratio": None, "target": None,
                  "met": None, "why": why}, row)


class Words(threading.Thread):
    """Passes a program's words on as they come; the last of them say why it failed."""

    def __init__(self, stream):
        super().__init__(daemon=True)
        self.stream, self.last = stream, ""
        self.start()

    def run(self):
        for line in self.stream:
            sys.stderr.write(line)
            self.last = line.strip() or self.last


def run_command(command, results):
    """Passes its figures on; its last words when it failed, else nothing."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        words = Words(process.stderr)
        for line in process.stdout:
            results.add(json.loads(line))
        words.join()
    return "" if process.returncode == 0 else (words.last or "it ended with %d" % process.returncode)


def build(part):
    """Why its programs cannot be built; nothing when they are."""
    if not part.targets:
        return ""
    done = subprocess.run(["cmake", "--build", str(programs.build), "--target", *part.targets, "--", "--quiet"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return "" if done.returncode == 0 else "not built: " + done.stdout.strip()[-300:]


def run(part, why_not, results):
    """False: something of it failed."""
    if why_not:
        for row in part.rows:
            results.missing(part.name + ": not measured", row, why_not)
        return False
    good = True
    for command, rows in part.commands:
        figures.say("%s: %s" % (part.name, part.what))
        words = run_command(command, results)
        if words:
            good = False
            for row in rows or (None,):
                results.missing("%s: not measured (%s)" % (part.name, pathlib.Path(command[-1]).name), row, words)
    return good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--groups", action="store_true")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    known = {part.name: part for part in parts.all_parts(asked.all)}
    if asked.list:
        for part in known.values():
            print("%-11s %s (%s)" % (part.name, part.what, ", ".join(part.rows)))
        return 0
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        figures.say('there is no benchmark "%s"; there are: %s' % (unknown[0], " ".join(known)))
        return 2
    chosen = [known[name] for name in asked.names] or [one for one in known.values() if asked.all or not one.long]
    if asked.groups:
        print(*sorted({group for part in chosen for group in part.setup}))
        return 0
    figures.say("building")
    why_not = {part.name: build(part) for part in chosen}
    results = Results(RESULTS if not asked.names else RESULTS.with_name("some.jsonl"))
    begun = time.monotonic()
    results.add({"name": "machine", **machine.describe()})
    failed = [part.name for part in chosen if not run(part, why_not[part.name], results)]
    if not asked.names:
        for row in (row["row"] for row in ROWS if row["row"] not in results.rows):
            names = [part.name for part in known.values() if row in part.rows]
            results.missing("%s: not measured" % row, row, "only by `scripts/bench %s` or --all" % " ".join(names))
    figures.say("%d minutes; the figures are in %s" % ((time.monotonic() - begun) / 60,
                                                      pathlib.Path(results.file.name).relative_to(programs.root)))
    if failed:
        figures.say("failed: " + " ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
