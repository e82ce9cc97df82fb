#include "bench/python_rules.hpp"

#include "programs/process.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace crier::bench {

namespace json = boost::json;

namespace {

/// Both libraries know where they are: to go on from the last moment is the cheapest that they do.
constexpr const char* stepping = R"(import json, sys, time
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
)";

} // namespace

std::vector<std::optional<double>> python_costs(const std::vector<PythonRule>& rules) {
    json::array asked;
    for (const PythonRule& rule : rules) {
        json::object one;
        one["library"] = rule.library;
        one["text"] = rule.text;
        one["zone"] = rule.zone;
        asked.push_back(std::move(one));
    }
    const test::TempDir directory;
    const std::string script = directory.file("rules.py");
    test::write_file(script, stepping);
    const test::Finished finished =
        test::run_command({"/usr/bin/python3", script}, {}, directory.path(), json::serialize(asked));
    if (finished.code != 0)
        throw std::runtime_error("Python's rules: " + finished.err);
    std::vector<std::optional<double>> costs;
    const json::value said = json::parse(finished.out);
    for (const json::value& cost : said.as_array())
        costs.push_back(cost.is_null() ? std::nullopt : std::optional{cost.to_number<double>()});
    return costs;
}

} // namespace crier::bench
