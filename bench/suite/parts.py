"""What can be measured, by the name that scripts/bench takes: the programs that do it, and what they need."""
import dataclasses

import programs


def helper(name, *arguments):
    return [str(programs.build / ("crier-bench-" + name)), *arguments]


def script(name, *arguments):
    return ["/usr/bin/python3", str(programs.root / "bench/suite" / (name + ".py")), *arguments]


@dataclasses.dataclass(frozen=True)
class Part:
    """`commands` print figures, each for the rows beside it; one that fails leaves the others alone."""
    name: str
    what: str
    commands: tuple
    targets: tuple       # of the build
    setup: tuple = ()    # groups of scripts/setup beside those of every run
    long: bool = False   # only by its name, or with --all

    @property
    def rows(self):
        return sorted({row for _, rows in self.commands for row in rows}, key=lambda row: int(row[1:]))


def all_parts(everything):
    """`everything`: at full length."""
    full = ("--all",) if everything else ()
    server = ("crier", "crier-bench-server")
    world = ("crier", "crier-sandbox", "crier-bench-process")
    return (
        Part("backlog", "3,000 posts at a server with limits, in virtual time",
             ((helper("backlog", "--log_level=nothing", "--report_level=no"), ("T13",)),), ("crier-bench-backlog",)),
        Part("command", "`crier post` beside `toot post`", ((script("command"), ("T10",)),), server, ("peers",)),
        Part("idle", "memory and wake-ups of the demo", ((script("idle", "idle"), ("T7",)),), world),
        Part("start", "time to be ready, demo", ((script("idle", "start"), ("T8",)),), world),
        Part("post", "posts a second and CPU for each, one account and a thousand",
             ((helper("post", "one"), ("T2",)), (helper("post", "many"), ("T3",))), ("crier", "crier-bench-post"),
             ("peers",)),
        Part("media", "files with their statuses, large, slow, failing and cut ones",
             ((helper("media", "pictures"), ("T4",)), (helper("media", "large"), ("T4",))),
             ("crier", "crier-bench-media")),
        Part("schedule", "next firings, lateness, and what 100,000 entries cost",
             ((helper("schedule", "next"), ()), (helper("schedule", "lateness"), ("T9",)),
              (helper("schedule", "large"), ("T7", "T8", "T11"))), ("crier", "crier-bench-schedule")),
        Part("feed", "a feed's bytes to items and rows, looks with nothing new",
             ((helper("feed", "parse"), ("T5",)), (helper("feed", "outbox"), ("T5",)),
              (helper("feed", "polls"), ("T6",)), (helper("feed", "steady"), ("T6",))), ("crier", "crier-bench-feed"),
             ("peers",)),
        Part("faults", "what a feed's items become when something goes wrong", ((helper("faults"), ("T1",)),),
             ("crier", "crier-sandbox", "crier-bench-faults"), ("peers",)),
        Part("simulation", "simulated days a minute, and plans with faults",
             ((script("simulation", "speed"), ("T12",)), (script("simulation", "plans", *full), ("T1",))),
             ("simulate",)),
        Part("crash", "real daemons, killed", ((script("simulation", "kills", *full), ("T1",)),),
             ("crier", "crier-sandbox", "crier-crash")),
        Part("size", "10,000 accounts and feeds, 100,000 entries, a million posts", ((script("size"), ("T7", "T8")),),
             ("crier", "crier-bench-process", "crier-bench-world")),
        Part("several", "three daemons on PostgreSQL", ((script("several"), ("T15",)),), server, ("postgres",)),
        Part("build", "a clean release build without ccache", ((script("build"), ("T14",)),), (), (), True),
    )
