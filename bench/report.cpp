#include "bench/report.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <cmath>
#include <cstdio>

namespace crier::bench {

namespace json = boost::json;

namespace {

/// Four digits: more says nothing on a shared machine. Boost.JSON would write 1186 as 1.186E3.
std::string number(std::optional<double> value) {
    if (!value || !std::isfinite(*value))
        return "null";
    char text[32];
    const int digits = std::fabs(*value) >= 1000 ? 0 : 4;
    std::snprintf(text, sizeof text, digits == 0 ? "%.0f" : "%.4g", *value);
    return text;
}

std::string quoted(const std::string& text) {
    return json::serialize(json::string{text});
}

} // namespace

void print(const Figure& figure) {
    std::optional<double> ratio;
    if (figure.peer_value && *figure.peer_value != 0)
        ratio = figure.value / *figure.peer_value;
    const char* met = "null";
    if (figure.target)
        met = (figure.at_least ? figure.value >= *figure.target : figure.value <= *figure.target) ? "true"
                                                                                                  : "false";
    const std::string line = "{\"name\":" + quoted(figure.name) + ",\"value\":" + number(figure.value) +
                             ",\"unit\":" + quoted(figure.unit) + ",\"peer\":" + quoted(figure.peer) +
                             ",\"peer_value\":" + number(figure.peer_value) + ",\"ratio\":" + number(ratio) +
                             ",\"target\":" + number(figure.target) + ",\"met\":" + met + "}";
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

void print_at_most(const std::string& name, double value, const std::string& unit,
                   std::optional<double> target, const std::string& peer, std::optional<double> peer_value) {
    Figure figure;
    figure.name = name;
    figure.value = value;
    figure.unit = unit;
    figure.peer = peer;
    figure.peer_value = peer_value;
    figure.target = target;
    figure.at_least = false;
    print(figure);
}

void print_ratio(const std::string& name, const std::string& unit, const std::string& peer, double value,
                 double ratio, std::optional<double> target, bool at_least) {
    Figure figure;
    figure.name = name;
    figure.unit = unit;
    figure.peer = peer;
    figure.value = value;
    figure.peer_value = value / ratio;
    if (target)
        figure.target = *target * value / ratio;
    figure.at_least = at_least;
    print(figure);
}

void say(const std::string& text) {
    std::fprintf(stderr, "bench: %s\n", text.c_str());
}

} // namespace crier::bench
