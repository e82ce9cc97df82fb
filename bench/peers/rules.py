"""croniter and dateutil: a JSON list of {"library", "text", "zone"} on standard input. Prints what a step from one
moment to the next costs each, in ns; null where the library knows no such rule. Both know where they are: to go on
from the last moment is the cheapest that they do."""
import json
import sys
import time
from datetime import datetime

from croniter import croniter
from dateutil import tz
from dateutil.rrule import rrulestr


def moments(one, begin):
    if one["library"] == "dateutil":
        yield from rrulestr(one["text"], dtstart=begin)
    found = croniter(one["text"], begin)
    while True:
        yield found.get_next(datetime)


def cost(one, steps=2000):
    zone = tz.gettz(one["zone"])
    begin, end = datetime(2026, 1, 1, tzinfo=zone), datetime(2036, 1, 1, tzinfo=zone)
    left, begun = steps, time.perf_counter_ns()
    while left > 0:
        for when in moments(one, begin):
            left -= 1
            if left <= 0 or when >= end:
                break
    return (time.perf_counter_ns() - begun) / steps


def known(one):
    try:
        return cost(one) if one["library"] else None
    except ValueError:
        return None


print(json.dumps([known(one) for one in json.load(sys.stdin)]))
