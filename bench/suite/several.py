"""T15: one daemon and three on one PostgreSQL, posting to a server that thinks for 20 ms; then one of the three is killed.
The cluster lies in a temporary folder, is reached by a socket there alone, and goes with it.

Each daemon has a cap of requests at a time (`requests_per_server`), as one that is polite to a server has: three of them have three
times as many."""
import collections
import concurrent.futures
import contextlib
import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time

import figures
import programs

NAME = "several: "
BINARIES = "/usr/lib/postgresql/15/bin"
ACCOUNTS = 60
POSTS_EACH = 50
THINK_MS = 20
ROUNDS = 3
LEASE = 10  # seconds; a request may take four fifths of it
AT_ONCE = 4  # of one daemon: 200 a second at most
ALIVE_BEFORE, WATCHED_AFTER = 15, LEASE + 15


def as_postgres(command):
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextlib.contextmanager
def cluster(directory):
    """Yields how a configuration names it. It is as durable as PostgreSQL is by default."""
    data = directory / "cluster"
    data.mkdir()
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chmod(directory, 0o755)
        os.chown(data, user.pw_uid, user.pw_gid)
    programs.run_whole(as_postgres([BINARIES + "/initdb", "--auth=trust", "--username=crier", "--encoding=UTF8",
                                    "--locale=C.UTF-8", "--pgdata", str(data)]))
    options = "-k %s -c listen_addresses='' -c max_connections=60" % data
    control = as_postgres([BINARIES + "/pg_ctl", "--pgdata", str(data), "--wait", "--log", str(data / "log")])
    programs.run_whole([*control, "start", "-o", options])
    try:
        yield lambda database: "postgresql://crier@/%s?host=%s" % (database, data)
    finally:
        subprocess.run([*control, "stop", "-m", "immediate"], stdout=subprocess.DEVNULL, check=False)


def create(directory, database):
    programs.run_whole([BINARIES + "/createdb", "--host", str(directory / "cluster"), "--username", "crier", database])


def tokens():
    """One for each account: those that share one are worked on by one daemon."""
    return {"CRIER_BENCH_%d" % i: "%043d" % i for i in range(ACCOUNTS)}


def configuration(port, store, entries):
    lines = ["version: 1", "accounts:"]
    lines += ["  a%d: {server: 'http://127.0.0.1:%d', defaults: {visibility: public, language: en}, "
              "delivery: {timeout: %ds}, token: {env: CRIER_BENCH_%d}}" % (i, port, LEASE * 4 // 5, i) for i in range(ACCOUNTS)]
    lines += ["fuse: {posts: 1000000, within: 1h, same_link: 1000000, same_text: 1000000}", "store: '%s'" % store,
              "lease: %ds" % LEASE,
              "requests_per_server: %d" % AT_ONCE,
              "admin: {socket: crier.sock}", "log: {level: warning, format: plain}"]
    if entries:
        lines += ["schedule:"]
        lines += ['  - {name: e%d, account: a%d, every: 1s, missed: {policy: all, within: 1h}, '
                  'post: {status: "a%d {{ due | date(\'%%s\') }}"}}' % (i, i, i) for i in range(ACCOUNTS)]
    return "\n".join(lines) + "\n"


class Door(http.client.HTTPConnection):
    """A daemon's own interface."""

    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


def fill(path, due):
    """All posts are in the outbox before the first of them is due."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(due))

    def some(accounts):
        door = Door(path)
        for account in accounts:
            for number in range(POSTS_EACH):
                key = "a%d %d" % (account, number)
                order = {"account": "a%d" % account, "text": "post " + key, "key": key, "at": at}
                door.request("POST", "/v1/posts", json.dumps(order), {"Content-Type": "application/json"})
                answer = door.getresponse()
                said = answer.read()
                if answer.status // 100 != 2:
                    raise RuntimeError("the daemon refused a post: " + said.decode())

    with concurrent.futures.ThreadPoolExecutor(4) as workers:
        list(workers.map(some, [range(first, ACCOUNTS, 4) for first in range(4)]))
    if time.time() > due:
        raise RuntimeError("the outbox could not be filled before its posts were due")


@contextlib.contextmanager
def daemons(directory, number, config):
    with contextlib.ExitStack() as stack:
        started = []
        for i in range(number):
            place = directory / ("daemon-%d" % i)
            place.mkdir(exist_ok=True)
            started.append(stack.enter_context(programs.daemon(place, config, **tokens())))
        yield started


def throughput(directory, url, port, number, database):
    """Posts a second of so many daemons; none lost, none doubled, or it raises."""
    create(directory, database)
    programs.get(port, "/reset")
    with daemons(directory, number, configuration(port, url(database), False)):
        due = int(time.time()) + 40
        fill(str(directory / "daemon-0" / "crier.sock"), due)
        posts = ACCOUNTS * POSTS_EACH
        stats = lambda: json.loads(programs.get(port, "/stats"))
        programs.until(lambda: stats()["statuses"] >= posts, 180, "%d posts" % posts)
        time.sleep(1)
        said = stats()
    if said["statuses"] != posts:
        raise RuntimeError("%d posts became %d statuses" % (posts, said["statuses"]))
    return posts / (said["last"] - said["first"]) * 1e6


def moved(directory, url, port):
    """Kills one of three that post each second. (seconds until the last account posts again, doubled, lost)"""
    create(directory, "failover")
    programs.get(port, "/reset")
    programs.get(port, "/watch")
    with daemons(directory, 3, configuration(port, url("failover"), True)) as started:
        time.sleep(ALIVE_BEFORE)
        killed = time.time() * 1e6
        started[0].send_signal(signal.SIGKILL)
        time.sleep(WATCHED_AFTER)
    after = {}
    times = collections.Counter()
    for arrival in json.loads(programs.get(port, "/arrivals")):
        account, second = arrival["status"]["status"].split()
        times[account, int(second)] += 1
        if arrival["at"] > killed:
            after.setdefault(account, arrival["at"])
    if len(after) != ACCOUNTS:
        raise RuntimeError("only %d of %d accounts posted after the kill" % (len(after), ACCOUNTS))
    lost = 0
    for account in after:
        seconds = sorted(second for name, second in times if name == account)
        lost += seconds[-1] - seconds[0] + 1 - len(seconds)
    return (max(after.values()) - killed) / 1e6, sum(times.values()) - len(times), lost


def refused(directory, port):
    """Why this crier takes no such store; empty: it does."""
    (directory / "crier.yaml").write_text(configuration(port, "postgresql://crier@/crier?host=/nowhere", False))
    done = subprocess.run([programs.crier, "check", "--config", str(directory / "crier.yaml")],
                          env=programs.environment(**tokens()), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 3:
        return ""
    return next((line for line in done.stdout.splitlines() if ": store" in line), done.stdout.strip()[:300])


def measure(directory, port):
    with cluster(directory) as url:
        one, three = [], []
        for i in range(ROUNDS):
            one.append(throughput(directory, url, port, 1, "one%d" % i))
            three.append(throughput(directory, url, port, 3, "three%d" % i))
        figures.of_rounds(NAME + "3 daemons, a server that thinks 20 ms", three, "posts/s", peer="1 daemon",
                          peer_values=one, ratio_target=2, at_least=True)
        seconds, doubled, lost = moved(directory, url, port)
        figures.line(NAME + "one of three killed, until its accounts post again", seconds, "s", target=LEASE + 2)
        figures.line(NAME + "one of three killed, doubled", doubled, "posts", target=0)
        figures.line(NAME + "one of three killed, lost", lost, "posts", target=0)


def main():
    if not shutil.which(BINARIES + "/initdb"):
        figures.unmeasured(NAME + "daemons on PostgreSQL", "PostgreSQL is not installed: scripts/setup postgres")
        return
    with programs.folder() as directory, programs.null_server(directory, "--think", str(THINK_MS)) as port:
        why = refused(directory, port)
        if why:
            figures.unmeasured(NAME + "daemons on PostgreSQL", "this crier takes no PostgreSQL: " + why)
            return
        measure(directory, port)


if __name__ == "__main__":
    main()
