#include "core/content_warning.hpp"

#include "core/text/plain.hpp"

#include <algorithm>

namespace crier {
namespace {

bool is_about(const WarningRule& rule, std::string_view text, const Item* item) {
    if (rule.match.match(text) != nullptr)
        return true;
    return item != nullptr &&
           (rule.match.match(item->title) != nullptr ||
            std::any_of(item->categories.begin(), item->categories.end(),
                        [&](const std::string& category) { return rule.match.match(category) != nullptr; }));
}

/// As one of those between the commas: "Politics" is not in "Office politics".
bool is_said(std::string_view given, std::string_view warning) {
    const std::string wanted = text::fold_case(text::strip(warning));
    while (!given.empty()) {
        const std::size_t comma = std::min(given.find(','), given.size());
        if (text::fold_case(text::strip(given.substr(0, comma))) == wanted)
            return true;
        given.remove_prefix(std::min(comma + 1, given.size()));
    }
    return false;
}

} // namespace

std::string with_warnings(std::string given, const std::vector<WarningRule>& rules, std::string_view text,
                          const Item* item) {
    for (const WarningRule& rule : rules)
        if (!is_said(given, rule.warning) && is_about(rule, text, item))
            given += (given.empty() ? "" : ", ") + rule.warning;
    return given;
}

} // namespace crier
