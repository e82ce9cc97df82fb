"""Figures as scripts/bench prints them, one JSON object a line."""
import json
import statistics
import sys


def rounded(value):
    """Four digits: more says nothing on a shared machine."""
    if value is None or isinstance(value, int):
        return value
    return round(value) if abs(value) >= 1000 else float("%.4g" % value)


def middle(values):
    return statistics.median_low(values)


def line(name, value, unit, *, peer="", peer_value=None, target=None, at_least=False, **more):
    """`target` in the unit of the value, which is to be at most that, or at least. `more` is appended as it is."""
    met = None
    if target is not None and value is not None:
        met = value >= target if at_least else value <= target
    if "why" in more:
        met = None
    ratio = value / peer_value if peer_value and value is not None else None
    figure = {"name": name, "value": rounded(value), "unit": unit, "peer": peer, "peer_value": rounded(peer_value),
              "ratio": rounded(ratio), "target": rounded(target), "met": met}
    if target is not None:
        figure["wanted"] = "at least" if at_least else "at most"
    figure.update(more)
    print(json.dumps(figure), flush=True)


def of_rounds(name, values, unit, *, peer, peer_values, ratio_target=None, at_least=False):
    """Held against the peer of the same round; told are the middle ones, the lowest and the highest."""
    ratios = [value / other for value, other in zip(values, peer_values)]
    value, ratio = middle(values), middle(ratios)
    target = None if ratio_target is None else ratio_target * value / ratio
    line(name, value, unit, peer=peer, peer_value=value / ratio, target=target, at_least=at_least,
         rounds=len(values), spread=[rounded(min(values)), rounded(max(values))],
         ratio_spread=[rounded(min(ratios)), rounded(max(ratios))])


def unmeasured(name, why, **more):
    line(name, None, "", why=why, **more)


def say(text):
    print("bench: " + text, file=sys.stderr, flush=True)
