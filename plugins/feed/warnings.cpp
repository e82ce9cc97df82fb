#include "feed/warnings.hpp"

#include "kit/utf8.hpp"

#include <algorithm>

namespace crier::feed {
namespace {

constexpr std::size_t most_kinds = 16;
constexpr std::size_t longest_example = 60;

} // namespace

void Warnings::add(std::string_view what, std::string_view example) {
    const auto known =
        std::find_if(kinds_.begin(), kinds_.end(), [what](const Kind& kind) { return kind.what == what; });
    if (known != kinds_.end())
        ++known->times;
    else if (kinds_.size() < most_kinds)
        kinds_.push_back(Kind{std::string{what}, std::string{kit::cut_utf8(example, longest_example)}});
}

void Warnings::report(sdk::Sink& sink) const {
    for (const Kind& kind : kinds_) {
        std::string words = kind.what;
        if (!kind.example.empty())
            words += ", such as '" + kind.example + "'";
        if (kind.times > 1)
            words += " (" + std::to_string(kind.times) + " times)";
        sink.warning(words);
    }
}

} // namespace crier::feed
