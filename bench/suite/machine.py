"""What a run was made on, as far as it matters for its figures. No names of hosts, users or paths."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import figures
import programs

PACKAGES = ("python3-mastodon", "toot", "feed2toot", "feed2exec", "python3-feedparser", "python3-croniter",
            "python3-dateutil", "libsqlite3-0", "libxml2", "libboost1.81-dev", "libyaml-cpp0.7", "postgresql-15")


def first_match(path, pattern):
    found = re.search(pattern, pathlib.Path(path).read_text(), re.MULTILINE)
    return found[1].strip() if found else "unknown"


def words_of(*command):
    if not shutil.which(command[0]):
        return "not installed"
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout.strip().splitlines()[0]


def syncs_a_second():
    """fdatasync of 4 KiB appended to a file, where the benchmarks' stores lie."""
    with tempfile.NamedTemporaryFile() as file:
        count, begun = 0, time.monotonic()
        while time.monotonic() - begun < 1:
            os.write(file.fileno(), b"x" * 4096)
            os.fdatasync(file.fileno())
            count += 1
        return figures.rounded(count / (time.monotonic() - begun))


def packages():
    done = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Version}\n", *PACKAGES],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    lines = [line.split() for line in done.stdout.splitlines()]
    versions = {name: version for status, name, version in (line for line in lines if len(line) == 3)
                if status == "installed"}
    for name in ("masto", "rss-parser"):
        package = programs.build / "bench/peers/node_modules" / name / "package.json"
        if package.exists():
            versions[name + " (npm)"] = first_match(package, r'"version": "([^"]+)"')
    return versions


def describe():
    revision = subprocess.run(["git", "-C", str(programs.root), "describe", "--always", "--dirty"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.strip()
    return {
        "when": time.strftime("%Y-%m-%d", time.gmtime()),
        "revision": revision or "unknown",
        "processor": first_match("/proc/cpuinfo", r"^model name\s*: (.*)$"),
        "cores": os.cpu_count(),
        "memory_gib": round(int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)")) / 1024 ** 2, 1),
        "load_before": os.getloadavg()[0],
        "fdatasync_per_s": syncs_a_second(),
        "kernel": os.uname().release.split("-")[0],
        "system": first_match("/etc/os-release", r'^PRETTY_NAME="(.*)"$'),
        "compiler": words_of("g++", "--version"),
        "python": words_of("/usr/bin/python3", "--version"),
        "node": words_of("node", "--version"),
        "packages": packages(),
    }
