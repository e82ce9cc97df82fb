"""The pictures of docs/PERFORMANCE.md: each a file name, words for those who do not see it, and the SVG, or nothing where
its figures were not measured."""
import svg


def own(figure, name="crier"):
    return (name, figure["value"], "crier", figure.get("spread"), None)


def other(figure, name, kind="peer"):
    return (name, figure["peer_value"], kind, None, None)


def group(results, words, rows):
    """`rows`: (figure's name, "own" or what its peer is called, kind). Those that were not measured are left out."""
    found = []
    for name, what, kind in rows:
        figure = results.find(name)
        if figure and (what == "own" or figure["peer_value"]):
            found.append(own(figure) if what == "own" else other(figure, what, kind))
    return [(words, found)] if found else []


def posting(results):
    one, many, media = "post: one account", "post: 1,000 accounts, 4 rows written a post", "media: 197 KB and its status, one account"
    groups = group(results, "one account, one post after another", [
        (one + ", one commit a post", "Mastodon.py, stores nothing", "peer"),
        (one + ", beside masto", "masto on node, stores nothing", "peer"),
        (one + ", one commit a post", "own", ""),
        (one + ", of what the machine can", "bare commit and round trip", "limit")])
    groups += group(results, "1,000 accounts at once", [
        (many, "Mastodon.py, one after another", "peer"), (many, "own", ""),
        (many + ", of a bare client", "bare client, stores nothing", "limit")])
    groups += group(results, "a picture of 197 KB and its status", [
        (media, "Mastodon.py, stores nothing", "peer"), (media, "own", ""),
        (media + ", of what the machine can", "two commits and round trips", "limit")])
    return groups and svg.dots("Posts a second", "posts a second", groups)


def processor(results):
    groups = []
    for words, name in (("one account", "post: one account"),
                        ("1,000 accounts", "post: 1,000 accounts, 4 rows written a post"),
                        ("a picture and its status", "media: 197 KB and its status, one account")):
        rows = [(name + ", CPU", "Mastodon.py, stores nothing", "peer")]
        if name == "post: one account":
            rows.append((name + ", beside masto, CPU", "masto on node, stores nothing", "peer"))
        rows.append((name + ", CPU", "own", ""))
        if name == "post: one account":
            rows.append((name + ", CPU, of what the machine can", "bare commit and round trip", "limit"))
        groups += group(results, words, rows)
    return groups and svg.dots("Processor time for a post", "microseconds a post", groups)


def feeds(results):
    name = "feed: RSS to items, 10,000 items"
    groups = group(results, "10 MB of RSS to 10,000 items", [
        (name, "feedparser", "peer"), (name + ", beside rss-parser", "rss-parser on node", "peer"), (name, "own", ""),
        (name + ", of bare libxml2", "bare libxml2", "limit")])
    return groups and svg.dots("Reading a feed", "MB a second", groups)


def lateness(results):
    lines = []
    for words, name in (("one account's post at a time", "lateness: one at a time, p99"),
                        ("ten accounts at the same second", "lateness: ten at the same second, p99")):
        figure = results.find(name)
        if figure and figure.get("curve"):
            lines.append((words, [(value, share) for share, value in figure["curve"]]))
    if not lines:
        return None
    target = results.find("lateness: one at a time, p99")
    mark = (target["target"], "target of the 99th percentile") if target else None
    return svg.curves("How late posts of a schedule of 100,000 entries are", "milliseconds from due to the request's first byte",
                      "share of posts", lines, mark)


def memory(results):
    rows = []
    for words, name in (("demo", "idle: memory, demo"),
                        ("1,000 feeds, 10,000 entries", "idle: memory, 1,000 feeds and 10,000 entries"),
                        ("100,000 entries", "idle: memory, 100,000 entries"),
                        ("the large size", next((one["name"] for one in results.figures
                                                 if one["name"].startswith("size: memory")), ""))):
        figure = results.find(name)
        if figure:
            rows.append((words, figure["value"], "crier", None, figure["target"]))
            if name == "idle: memory, demo":
                rows.insert(0, ("Python with its imports", figure["peer_value"], "peer", None, None))
    return rows and svg.dots("Memory of a daemon that idles (red: the target)", "MiB resident", [("", rows)])


def margins(results):
    """Of each figure with a target: how far beyond it, as a factor; below 1 it is missed."""
    groups = []
    for row in sorted({one["row"] for one in results.figures if one["row"]}, key=lambda name: int(name[1:])):
        shown = []
        for one in results.of_row(row):
            if one["met"] is None or not one["target"] or not one["value"]:
                continue
            factor = one["value"] / one["target"] if one["wanted"] == "at least" else one["target"] / one["value"]
            words = one["name"] if len(one["name"]) < 54 else one["name"][:51] + "..."
            shown.append((words, factor, "good" if one["met"] else "bad", None, None))
        if shown:
            groups.append((row, shown))
    return groups and svg.dots("How far each target is passed (1: just met)", "times the target", groups, base=1, left=390)


def pictures(results):
    made = (("throughput", "Posts a second of crier, of its peers and of the machine", posting(results)),
            ("processor", "Processor time for a post", processor(results)),
            ("lateness", "Distribution of the lateness of scheduled posts", lateness(results)),
            ("memory", "Memory of an idle daemon by the size of its configuration", memory(results)),
            ("feeds", "Speed of reading a feed", feeds(results)),
            ("margins", "Each target, and how far it is passed or missed", margins(results)))
    return [("performance-%s.svg" % name, words, picture) for name, words, picture in made if picture]
