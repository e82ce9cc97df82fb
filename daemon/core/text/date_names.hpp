#pragma once

#include <array>
#include <string_view>

namespace crier::text {

/// Months and days as a language writes them in the middle of a sentence.
struct DateNames {
    std::string_view language;
    std::array<std::string_view, 12> months;      ///< as with a day: "24 listopada"
    std::array<std::string_view, 12> months_bare; ///< by themselves: "listopad"
    std::array<std::string_view, 12> short_months;
    std::array<std::string_view, 7> days; ///< Sunday first
    std::array<std::string_view, 7> short_days;
};

/// Of "de", "de-AT", "DE_ch"; English for a language that is not in the table.
[[nodiscard]] const DateNames& date_names(std::string_view language) noexcept;

} // namespace crier::text
