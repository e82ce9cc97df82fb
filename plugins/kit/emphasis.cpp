#include "kit/emphasis.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\0';
}

bool is_mark(char c) {
    return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || (c > 'z' && c < '\x7f');
}

/// Runs that wait for their counterpart, for each sign.
struct Waiting {
    std::vector<std::size_t> stars;
    std::vector<std::size_t> bars;
    std::vector<std::size_t> waves;

    std::vector<std::size_t>& of(char sign) { return sign == '*' ? stars : sign == '_' ? bars : waves; }
};

} // namespace

Run run_at(std::string_view text, std::size_t at, std::size_t count) {
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + count < text.size() ? text[at + count] : ' ';
    const bool left = !is_space(after) && (!is_mark(after) || is_space(before) || is_mark(before));
    const bool right = !is_space(before) && (!is_mark(before) || is_space(after) || is_mark(after));
    Run run;
    run.count = count;
    run.sign = text[at];
    // Within a word, _ is a letter like others.
    run.opens = left && (run.sign != '_' || !right || is_mark(before));
    run.closes = right && (run.sign != '_' || !left || is_mark(after));
    return run;
}

void strip_emphasis(std::string& out, std::vector<Run>& runs, std::size_t first) {
    if (runs.size() <= first)
        return;
    std::vector<std::size_t> left; // of each run's signs
    Waiting waiting;
    for (std::size_t i = first; i < runs.size(); ++i) {
        left.push_back(runs[i].count);
        std::vector<std::size_t>& openers = waiting.of(runs[i].sign);
        std::size_t& here = left.back();
        while (runs[i].closes && here > 0 && !openers.empty()) {
            std::size_t& there = left[openers.back() - first];
            const std::size_t both = std::min(here, there);
            here -= both;
            there -= both;
            if (there == 0)
                openers.pop_back();
        }
        if (runs[i].opens && here > 0)
            openers.push_back(i);
    }
    std::string kept;
    std::size_t from = runs[first].at;
    const std::size_t begin = from;
    for (std::size_t i = first; i < runs.size(); ++i) {
        kept.append(out, from, runs[i].at - from);
        kept.append(left[i - first], runs[i].sign);
        from = runs[i].at + runs[i].count;
    }
    kept.append(out, from, std::string::npos);
    out.replace(begin, std::string::npos, kept);
    runs.resize(first);
}

} // namespace crier::kit
