#include "core/language.hpp"

#include "core/text/plain.hpp"

#include <algorithm>
#include <string>

namespace crier {

bool is_language(std::string_view code) noexcept {
    const std::size_t hyphen = std::min(code.find('-'), code.size());
    const auto letters = [](std::string_view part, bool lower) {
        return std::all_of(part.begin(), part.end(), [&](char c) {
            return (c >= 'a' && c <= 'z') || (!lower && ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')));
        });
    };
    const std::string_view main = code.substr(0, hyphen);
    const std::string_view region = code.substr(std::min(hyphen + 1, code.size()));
    return (main.size() == 2 || main.size() == 3) && letters(main, true) &&
           (hyphen == code.size() || (region.size() >= 2 && region.size() <= 4 && letters(region, false)));
}

Result<> check_language(std::string_view code) {
    constexpr std::size_t enough = 40;
    if (code.empty() || is_language(code))
        return {};
    return Failure{Cause::usage, "'" + text::shorten(text::one_line(code), enough) + "' is no language code",
                   language_hint};
}

} // namespace crier
