"""T1 and T12: the engine in a simulated world, its faults from seeds; and real daemons that are killed. `--all`: as many
as the targets say; without it as many as fit into some minutes."""
import os
import re
import subprocess
import sys

import figures
import programs

SPEED_SEEDS = 1000
PLANS = {False: 5000, True: 200_000}
KILLS = {False: (30, 300), True: (300, 2000)}  # and posts


def run(*command):
    """What it prints; in the last words of one that ends badly is why."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def speed(name, *flags, target=None):
    code, said = run(programs.build / "simulate", "--seeds", SPEED_SEEDS, "--jobs", 1, *flags)
    found = re.search(r": (\d+) simulated days a minute", said)
    if code != 0 or not found:
        raise RuntimeError("simulate ended with %d: %s" % (code, said[-600:]))
    figures.line("simulation: " + name, int(found[1]), "simulated days a minute of one core", target=target,
                 at_least=True)
    steps = re.search(r"(\d+) steps a second", said)
    if steps:
        figures.line("simulation: %s, steps" % name, int(steps[1]), "steps/s of one core")


def short_of(wanted, done, what):
    """Why a good short run is no target met."""
    return {} if done >= wanted else {"why": "%d of %d %s: scripts/bench --all runs them all" % (done, wanted, what)}


def plans(everything):
    number = PLANS[everything]
    figures.say("simulation: %d plans with faults" % number)
    code, said = run(programs.build / "simulate", "--seeds", number, "--jobs", os.cpu_count())
    if code not in (0, 1):
        raise RuntimeError("simulate ended with %d: %s" % (code, said[-600:]))
    figures.line("simulation: fault plans that go right", number if code == 0 else 0, "plans", target=PLANS[True],
                 at_least=True, **(short_of(PLANS[True], number, "plans") if code == 0 else {}))


def kills(everything):
    number, posts = KILLS[everything]
    figures.say("crash: %d kills" % number)
    code, said = run(programs.build / "crier-crash", "--kills", number, "--posts", posts)
    if code not in (0, 1):
        raise RuntimeError("crier-crash ended with %d: %s" % (code, said[-600:]))
    figures.line("crash: kills without a post lost or doubled", number if code == 0 else 0, "kills", target=300,
                 at_least=True, **(short_of(300, number, "kills") if code == 0 else {}))


def main():
    everything = "--all" in sys.argv
    if "speed" in sys.argv:
        figures.say("simulation: %d seeds, twice" % SPEED_SEEDS)
        speed("reference", "--reference", target=50_000)
        speed("campaign")
    if "plans" in sys.argv:
        plans(everything)
    if "kills" in sys.argv:
        kills(everything)


if __name__ == "__main__":
    main()
