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

/// ,"name":[lowest,highest]
std::string spread(const char* name, const std::vector<double>& rounds) {
    if (rounds.size() < 2)
        return {};
    const auto [lowest, highest] = std::minmax_element(rounds.begin(), rounds.end());
    return std::string{",\""} + name + "\":[" + number(*lowest) + "," + number(*highest) + "]";
}

std::string curve_of(const Figure& figure) {
    if (figure.curve.empty())
        return {};
    std::string text = ",\"curve\":[";
    for (const auto& [share, value] : figure.curve)
        text += "[" + number(share) + "," + number(value) + "],";
    text.back() = ']';
    return text;
}

} // namespace

void print(const Figure& figure) {
    std::optional<double> ratio;
    if (figure.peer_value && *figure.peer_value != 0)
        ratio = figure.value / *figure.peer_value;
    const char* met = "null";
    if (figure.target && figure.why.empty())
        met = (figure.at_least ? figure.value >= *figure.target : figure.value <= *figure.target) ? "true"
                                                                                                  : "false";
    std::string line = "{\"name\":" + quoted(figure.name) +
                       ",\"value\":" + (figure.why.empty() ? number(figure.value) : "null") +
                       ",\"unit\":" + quoted(figure.unit) + ",\"peer\":" + quoted(figure.peer) +
                       ",\"peer_value\":" + number(figure.peer_value) + ",\"ratio\":" + number(ratio) +
                       ",\"target\":" + number(figure.target) + ",\"met\":" + met;
    if (figure.values.size() > 1)
        line += ",\"rounds\":" + std::to_string(figure.values.size());
    line += spread("spread", figure.values) + spread("ratio_spread", figure.ratios) + curve_of(figure);
    if (figure.target)
        line += std::string{",\"wanted\":"} + (figure.at_least ? "\"at least\"" : "\"at most\"");
    if (!figure.why.empty())
        line += ",\"why\":" + quoted(figure.why);
    std::printf("%s}\n", line.c_str());
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

void print_ratio(const std::string& name, const std::string& unit, const std::string& peer,
                 std::vector<double> values, std::vector<double> ratios, std::optional<double> target,
                 bool at_least) {
    const double ratio = median(ratios);
    Figure figure;
    figure.name = name;
    figure.unit = unit;
    figure.peer = peer;
    figure.value = median(values);
    figure.peer_value = figure.value / ratio;
    if (target)
        figure.target = *target * figure.value / ratio;
    figure.at_least = at_least;
    figure.values = std::move(values);
    figure.ratios = std::move(ratios);
    print(figure);
}

void print_unmeasured(const std::string& name, const std::string& why) {
    Figure figure;
    figure.name = name;
    figure.why = why;
    print(figure);
}

void say(const std::string& text) {
    std::fprintf(stderr, "bench: %s\n", text.c_str());
}

} // namespace crier::bench
