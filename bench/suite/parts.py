"""What can be measured, by the name that scripts/bench takes: the programs that do it, and what they need."""
import dataclasses

import programs


def helper(name, *arguments):
    return [str(programs.build / ("crier-bench-" + name)), *arguments]


def script(name, *arguments):
    return ["/usr/bin/python3", str(programs.root / "bench/suite" / (name + ".py")), *arguments]


@dataclasses.dataclass(frozen=True)
class Part:
    """`commands` print figures; one that fails leaves the others alone."""
    name: str
    what: str
    commands: tuple
    targets: tuple       # of the build
    rows: tuple          # that it is for
    setup: tuple = ()    # groups of scripts/setup beside those of every run
    long: bool = False   # only by its name, or with --all


def all_parts(everything):
    """`everything`: at full length."""
    full = ("--all",) if everything else ()
    server = ("crier", "crier-bench-server")
    return (
        Part("backlog", "3,000 posts at a server with limits, in virtual time",
             (helper("backlog", "--log_level=nothing", "--report_level=no"),), ("crier-bench-backlog",), ("T13",)),
        Part("command", "`crier post` beside `toot post`", (script("command"),), server, ("T10",), ("peers",)),
        Part("idle", "memory and wake-ups of the demo", (script("idle", "idle"),),
             ("crier", "crier-sandbox", "crier-bench-process"), ("T7",)),
        Part("start", "time to be ready, demo", (script("idle", "start"),),
             ("crier", "crier-sandbox", "crier-bench-process"), ("T8",)),
        Part("post", "posts a second and CPU for each, one account and a thousand",
             (helper("post", "one"), helper("post", "many")), ("crier", "crier-bench-post"), ("T2", "T3"), ("peers",)),
        Part("media", "files with their statuses, large, slow, failing and cut ones",
             (helper("media", "pictures"), helper("media", "large")), ("crier", "crier-bench-media"), ("T4",)),
        Part("schedule", "next firings, lateness, and what 100,000 entries cost",
             (helper("schedule", "next"), helper("schedule", "lateness"), helper("schedule", "large")),
             ("crier", "crier-bench-schedule"), ("T7", "T8", "T9", "T11")),
        Part("feed", "a feed's bytes to items and rows, looks with nothing new",
             (helper("feed", "parse"), helper("feed", "outbox"), helper("feed", "polls"), helper("feed", "steady")),
             ("crier", "crier-bench-feed"), ("T5", "T6"), ("peers",)),
        Part("faults", "what a feed's items become when something goes wrong", (helper("faults"),),
             ("crier", "crier-sandbox", "crier-bench-faults"), ("T1",), ("peers",)),
        Part("simulation", "simulated days a minute, and plans with faults",
             (script("simulation", "speed"), script("simulation", "plans", *full)), ("simulate",), ("T1", "T12")),
        Part("crash", "real daemons, killed", (script("simulation", "kills", *full),),
             ("crier", "crier-sandbox", "crier-crash"), ("T1",)),
        Part("size", "10,000 accounts and feeds, 100,000 entries, a million posts", (script("size"),),
             ("crier", "crier-bench-process", "crier-bench-world"), ("T7", "T8")),
        Part("several", "three daemons on PostgreSQL", (script("several"),), server, ("T15",), ("postgres",)),
        Part("build", "a clean release build without ccache", (script("build"),), (), ("T14",), (), True),
    )
