#include "core/text/number_words.hpp"

#include "core/ascii.hpp"

namespace crier::text {
namespace {

std::string primary_subtag(std::string_view language) {
    return language.empty() ? "en" : ascii::lower(language.substr(0, language.find_first_of("-_")));
}

/// The last two digits, without the sign.
unsigned last_digits(std::int64_t number) {
    const auto rest = static_cast<int>(number % 100);
    return static_cast<unsigned>(rest < 0 ? -rest : rest);
}

/// Eleven to nineteen, and what ends so: there the last digit does not count.
bool is_teen(unsigned digits) {
    return digits / 10 == 1;
}

std::string_view english_suffix(unsigned digits) {
    if (is_teen(digits))
        return "th";
    switch (digits % 10) {
    case 1:
        return "st";
    case 2:
        return "nd";
    case 3:
        return "rd";
    default:
        return "th";
    }
}

std::string_view swedish_suffix(unsigned digits) {
    return !is_teen(digits) && (digits % 10 == 1 || digits % 10 == 2) ? ":a" : ":e";
}

std::string_view ordinal_suffix(std::int64_t number, std::string_view subtag) {
    if (subtag == "en")
        return english_suffix(last_digits(number));
    if (subtag == "da" || subtag == "de" || subtag == "nb" || subtag == "nn" || subtag == "no" ||
        subtag == "pl")
        return ".";
    if (subtag == "sv")
        return swedish_suffix(last_digits(number));
    if (subtag == "fr")
        return number == 1 ? "er" : "e";
    return subtag == "nl" ? "e" : "";
}

} // namespace

std::string ordinal(std::int64_t number, std::string_view language) {
    return std::to_string(number) += ordinal_suffix(number, primary_subtag(language));
}

unsigned plural_form(std::int64_t number, std::string_view language) {
    const std::string subtag = primary_subtag(language);
    if (number == 1 || number == -1)
        return 0;
    if (number == 0 && (subtag == "fr" || subtag == "pt"))
        return 0;
    if (subtag != "pl")
        return 1;
    const unsigned digits = last_digits(number);
    return !is_teen(digits) && digits % 10 >= 2 && digits % 10 <= 4 ? 1 : 2;
}

} // namespace crier::text
