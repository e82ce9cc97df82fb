"""Makes docs/PERFORMANCE.md and its pictures of the figures that scripts/bench has written: write.py RESULTS [FOLDER].
Nothing in them is written by hand but the paragraphs on misses (misses.txt) and what profiles showed (profiles.md)."""
import pathlib
import re
import sys

import plots
from results import ROWS, Results, number

HERE = pathlib.Path(__file__).resolve().parent
SIGNS = {True: "met", False: "**missed**", None: ""}
INTRODUCTION = """# How fast crier is

Made by `scripts/bench --write` of one run of `scripts/bench`: do not edit. crier stands beside what people use today and
beside what the machine can do at most, in the same run: machines differ, and a shared one changes from minute to minute,
so what counts are the ratios. Where a figure has rounds, peer, limit and crier take turns in each; told is the middle
round, with the lowest and highest in brackets.
"""


def misses():
    text = "\n".join(line for line in (HERE / "misses.txt").read_text().splitlines() if not line.startswith("#"))
    found = re.findall(r"^(T\d+): (.*?)(?=^T\d+: |\Z)", text, re.MULTILINE | re.DOTALL)
    return {row: words.strip() for row, words in found}


def cell(words):
    return str(words).replace("|", "\\|")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(cell, row)) + " |" for row in rows]) + "\n"


def machine(facts):
    packages = ", ".join("%s %s" % pair for pair in sorted(facts["packages"].items()))
    rows = [("processor", "%s, %d cores" % (facts["processor"], facts["cores"])),
            ("memory", "%s GiB" % facts["memory_gib"]),
            ("disk", "%s fdatasync of 4 KiB a second" % number(facts["fdatasync_per_s"])),
            ("load before the run", "%.1f" % facts["load_before"]),
            ("system", "%s, Linux %s" % (facts["system"], facts["kernel"])),
            ("compiler", facts["compiler"]), ("interpreters", "%s, node %s" % (facts["python"], facts["node"])),
            ("peers and libraries", packages), ("crier", "%s, %s" % (facts["revision"], facts["when"]))]
    return "## The machine\n\n" + table(("", ""), rows)


def spread(values):
    return " (%s to %s)" % tuple(map(number, values)) if values else ""


def figure_row(one):
    if one["value"] is None:
        return (one["row"] or "", one["name"], "not measured: " + one.get("why", ""), "", "", "", "")
    target = "%s %s" % (one.get("wanted", ""), number(one["target"])) if one["target"] is not None else ""
    peer = "%s: %s" % (one["peer"], number(one["peer_value"])) if one["peer"] and one["peer_value"] is not None else ""
    measured = number(one["value"]) + spread(one.get("spread")) + " " + one["unit"]
    ratio = number(one["ratio"]) + spread(one.get("ratio_spread")) if one["ratio"] is not None else ""
    verdict = one.get("why", "") if one["met"] is None else SIGNS[one["met"]]
    return (one["row"] or "", one["name"], measured, peer, ratio, target, verdict)


def rows_table(results):
    rows = [(row["row"], row["what"], row["target"],
             results.verdict(row["row"]).replace("missed", "**missed**")) for row in ROWS]
    return "## The targets\n\n" + table(("", "what", "target", ""), rows)


def misses_text(results):
    words = misses()
    parts = []
    for row in (row["row"] for row in ROWS if results.verdict(row["row"]) == "missed"):
        if row not in words:
            print("bench: %s is missed, and bench/document/misses.txt does not say why" % row, file=sys.stderr)
        which = "; ".join("%s: %s %s, wanted %s %s" % (one["name"], number(one["value"]), one["unit"], one["wanted"],
                                                       number(one["target"]))
                          for one in results.of_row(row) if one["met"] is False)
        parts.append("**%s** (%s). %s\n" % (row, which, words.get(row, "")))
    return "## What is missed, and why\n\n" + "\n".join(parts) if parts else ""


def profiles():
    """Where the time goes, as people found it."""
    path = HERE / "profiles.md"
    return path.read_text() if path.exists() else ""


def figures_table(results):
    head = ("", "figure", "measured", "held against", "ratio", "target", "")
    numbered = sorted(results.figures, key=lambda one: int(one["row"][1:]) if one["row"] else 99)
    return "## All figures\n\n" + table(head, map(figure_row, numbered))


def main():
    results = Results(sys.argv[1])
    docs = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parents[1] / "docs"
    for old in docs.glob("performance-*.svg"):
        old.unlink()
    pictures = []
    for name, words, picture in plots.pictures(results):
        (docs / name).write_text(picture)
        pictures.append("![%s](%s)\n" % (words, name))
    parts = [INTRODUCTION, rows_table(results), "\n".join(pictures), misses_text(results), profiles(),
             machine(results.machine),
             figures_table(results)]
    (docs / "PERFORMANCE.md").write_text("\n".join(part for part in parts if part))


if __name__ == "__main__":
    main()
