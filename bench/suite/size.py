"""T7 and T8 at the large size: 10,000 accounts, 10,000 feeds, 100,000 entries, 1,000,000 posts in the store. Nothing is
due; the configuration is the one that the daemon saw before."""
import json
import subprocess

import figures
import programs

STARTS = 3
NAME = "10,000 accounts and feeds, 100,000 entries, 1,000,000 posts"


def process(directory, starts, idle):
    """What crier-bench-process says of a daemon on that folder, with a folder for what is parsed as under systemd."""
    command = [str(programs.build / "crier-bench-process"), "--notify", str(starts), str(idle), programs.crier, "run",
               "--config", str(directory / "crier.yaml")]
    done = subprocess.run(command, env=programs.environment(CACHE_DIRECTORY=str(directory)), stdout=subprocess.PIPE,
                          check=True)
    return json.loads(done.stdout)


def main():
    with programs.folder() as directory:
        figures.say("size: making the world")
        programs.run_whole([str(programs.build / "crier-bench-world"), str(directory)])
        process(directory, 1, 5)  # what it knows of the entries is in the store then
        said = process(directory, STARTS, 30)
    figures.line("size: to ready, unchanged, " + NAME, said["start_ms"], "ms", target=2000, rounds=STARTS)
    figures.line("size: memory, idle, " + NAME, said["rss_kb"] / 1024, "MiB", target=250)


if __name__ == "__main__":
    main()
