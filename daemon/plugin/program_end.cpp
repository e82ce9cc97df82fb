#include "plugin/program_end.hpp"

#include "core/text/utf8.hpp"
#include "plugin/convert.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace crier::plugin {

namespace {

/// Of what a program that went well complains of; a log is no place for more.
constexpr std::size_t most_complaints = 5;
constexpr std::size_t longest_complaint = 200; ///< bytes

} // namespace

std::vector<std::string> complaints_in(const std::string& errors) {
    std::vector<std::string> lines;
    std::string_view rest = errors;
    while (!rest.empty() && lines.size() < most_complaints) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::string_view kept = text::first_bytes(line, longest_complaint);
        std::string words = clean_text(crier_text{kept.data(), kept.size()});
        if (words.find_first_not_of(" \t") == std::string::npos)
            continue;
        if (kept.size() < line.size())
            words += "...";
        lines.push_back(std::move(words));
    }
    return lines;
}

Result<> judge_end(const std::string& program, const ProgramEnd& end, Duration timeout) {
    if (end.late)
        return Failure{Cause::temporary,
                       program + ": it took longer than " + to_text(timeout) + " and was ended",
                       "give it a longer `timeout`"};
    if (end.code == 0)
        return {};
    const std::vector<std::string> complaints = complaints_in(end.errors);
    return Failure{Cause::temporary,
                   program + ": it ended with " + std::to_string(end.code) +
                       (complaints.empty() ? "" : ": " + complaints.front()),
                   "run it by hand, as the user that crier runs as"};
}

} // namespace crier::plugin
