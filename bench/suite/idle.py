"""T7 and T8 at the demo's size: memory, wake-ups and time to be ready, beside a bot in Python that has done nothing yet
but import its libraries."""
import json
import subprocess
import sys

import figures
import programs

PEER = "Python, Mastodon.py and feedparser imported"
PEER_PROGRAM = ('import sys, time, mastodon, feedparser\n'
                'sys.stdout.write("ready\\n"); sys.stdout.flush(); time.sleep(600)')


def process(*arguments):
    """What crier-bench-process says of a program."""
    command = [str(programs.build / "crier-bench-process"), *map(str, arguments)]
    done = subprocess.run(command, env=programs.environment(MASTODON_ACCESS_TOKEN="sandbox-token"),
                          stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def configurations(directory, url):
    """The demo's on a sandbox of our own, and one of which nothing is due for long."""
    config = programs.root / "config"
    demo = (config / "demo.yaml").read_text().replace("http://127.0.0.1:8421", url)
    demo = demo.replace("media/sunrise.png", str(config / "media/sunrise.png")).replace("../build/demo/", "")
    (directory / "demo.yaml").write_text(demo)
    quiet = [line for line in (config / "minimal.yaml").read_text().splitlines() if not line.startswith("store:")]
    (directory / "quiet.yaml").write_text("\n".join([*quiet, "store: quiet.db", "admin: {socket: quiet.sock}", ""]))


def memory(directory, run):
    figures.say("idle: the demo for 30 s, then a quiet configuration for 60 s")
    demo = process("--notify", 1, 30, *run, directory / "demo.yaml")
    python = process("--line", 1, 2, "/usr/bin/python3", "-c", PEER_PROGRAM)
    figures.line("idle: memory, demo", demo["rss_kb"] / 1024, "MiB", peer=PEER, peer_value=python["rss_kb"] / 1024,
                 target=14)
    quiet = process("--notify", 1, 60, *run, directory / "quiet.yaml")
    figures.line("idle: wake-ups with nothing due", quiet["wakes"], "a minute", target=1)


def start(directory, run):
    figures.say("start: three rounds of seven starts, demo")
    own, peer = [], []
    for _ in range(3):
        own.append(process("--notify", 7, 0, *run, directory / "demo.yaml")["start_ms"])
        peer.append(process("--line", 3, 0, "/usr/bin/python3", "-c", PEER_PROGRAM)["start_ms"])
    figures.line("start: to ready, demo", figures.middle(own), "ms", peer=PEER, peer_value=figures.middle(peer),
                 target=20, rounds=len(own), spread=[min(own), max(own)])


def main():
    with programs.folder() as directory:
        url_file = directory / "url"
        sandbox = [str(programs.build / "crier-sandbox"), "--listen", "127.0.0.1:0", "--port-file", str(url_file),
                   "--feed-items", "20", "--quiet"]
        with programs.running(sandbox, directory / "sandbox.out") as server:
            programs.until(lambda: url_file.exists() and url_file.read_text() or server.poll() is not None, 10,
                           "the sandbox")
            configurations(directory, url_file.read_text().strip().rstrip("/"))
            run = [programs.crier, "run", "--config"]
            {"idle": memory, "start": start}[sys.argv[1]](directory, run)


if __name__ == "__main__":
    main()
