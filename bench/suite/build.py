"""T14: a clean release build in a folder of its own, without ccache: what is installed, then all the tests beside it. The
largest process is the kernel's word for the whole tree of processes. Takes as long as a build does, so only on demand.

How long scripts/test takes cannot be measured from within a benchmark that it may be waiting for: give its seconds as
CRIER_TEST_SECONDS=N (it says them at its end: "good, after N s", of a run after which nothing was left to build), or
they are told as not measured."""
import os
import subprocess

import figures
import programs

TARGETS = ("crier", "crier-sandbox", "crier-manual")


def timed(folder, *targets):
    command = ["cmake", "--build", str(folder), "--", "-j", str(os.cpu_count()), "--quiet", *targets]
    return programs.run_whole(command, env={**os.environ, "CCACHE_DISABLE": "1"})


def main():
    with programs.folder() as folder:
        configured = subprocess.run(
            ["cmake", "--preset", "release", "-B", str(folder)], cwd=programs.root, env={**os.environ, "CCACHE_DISABLE": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if configured.returncode != 0:
            raise RuntimeError(configured.stdout[-600:])
        figures.say("build: what is installed, then everything (some minutes)")
        program, _, first_largest = timed(folder, *TARGETS)
        rest, _, second_largest = timed(folder)
    name = "build: clean release build with %d jobs" % os.cpu_count()
    figures.line(name + ", what is installed", program, "s", target=120)
    figures.line(name + ", with all tests", program + rest, "s")
    figures.line(name + ", the largest process", max(first_largest, second_largest), "MiB", target=700)
    seconds = os.environ.get("CRIER_TEST_SECONDS")
    if seconds:
        figures.line("build: scripts/test, all of it", float(seconds), "s", target=600)
    else:
        figures.unmeasured("build: scripts/test, all of it", "give CRIER_TEST_SECONDS, which scripts/test says at its end")


if __name__ == "__main__":
    main()
