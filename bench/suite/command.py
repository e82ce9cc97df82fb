"""T10: one post from the command line. `crier post` hands it to the running daemon, which has it durable before the
command ends, and sends it; the daemon's share of the processor is counted as the command's. `toot post` sends it and
stores nothing."""
import json
import os
import shutil

import figures
import programs

ROUNDS = 11
CONFIG = """version: 1
accounts:
  a0: {server: 'http://127.0.0.1:%d', defaults: {visibility: public, language: en}}
fuse: {posts: 1000000, within: 1h, same_link: 1000000, same_text: 1000000}
store: crier.db
admin: {socket: crier.sock}
log: {level: warning, format: plain}
"""


def toot_home(directory, port):
    """Where toot looks for its instance and token: what `toot login` would have written."""
    (directory / "toot").mkdir()
    base = "http://127.0.0.1:%d" % port
    config = {"apps": {"local": {"instance": "local", "base_url": base, "client_id": "id", "client_secret": "secret"}},
              "users": {"bot@local": {"instance": "local", "username": "bot", "access_token": programs.TOKEN}},
              "active_user": "bot@local"}
    (directory / "toot" / "config.json").write_text(json.dumps(config))
    return str(directory)


def statuses(port):
    return json.loads(programs.get(port, "/stats"))["statuses"]


def crier_post(directory, port, pid, number):
    """(seconds, CPU seconds) of the command, and of what the daemon did until the status was out."""
    before, sent = programs.cpu_of(pid), statuses(port)
    seconds, cpu, _ = programs.run_whole(
        [programs.crier, "post", "number %d of the benchmark" % number, "--config", str(directory / "crier.yaml")],
        env=programs.environment())
    programs.until(lambda: statuses(port) == sent + 1, 10, "the status")
    return seconds, cpu + programs.cpu_of(pid) - before


def toot_post(home, number):
    return programs.run_whole(["/usr/bin/toot", "post", "number %d of the benchmark" % number],
                              env={**os.environ, "XDG_CONFIG_HOME": home})[:2]


def main():
    name = "command: `crier post` with a daemon"
    if not shutil.which("/usr/bin/toot"):
        figures.unmeasured(name, "toot is not installed: scripts/setup peers")
        return
    with programs.folder() as directory, programs.null_server(directory) as port, \
            programs.daemon(directory, CONFIG % port) as daemon:
        home = toot_home(directory, port)
        toot_post(home, 0), crier_post(directory, port, daemon.pid, 0)  # the first ones read their files from the disk
        rounds = [(toot_post(home, n), crier_post(directory, port, daemon.pid, n)) for n in range(1, ROUNDS + 1)]
    for field, word, unit in ((0, "", "ms"), (1, ", CPU with the daemon's", "ms of CPU")):
        figures.of_rounds(name + word, [1000 * own[field] for _, own in rounds], unit, peer="toot post",
                          peer_values=[1000 * peer[field] for peer, _ in rounds], ratio_target=0.1)


if __name__ == "__main__":
    main()
