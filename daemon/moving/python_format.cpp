#include "moving/python_format.hpp"

#include <algorithm>
#include <utility>

namespace crier::moving {

namespace {

/// "{name!r:>10.20}" without its braces.
struct Place {
    std::string name;
    std::string conversion;
    std::string spec;
};

Place read_place(const std::string& inner) {
    Place place;
    const auto colon = inner.find(':');
    std::string head = inner.substr(0, colon);
    if (colon != std::string::npos)
        place.spec = inner.substr(colon + 1);
    if (const auto mark = head.find('!'); mark != std::string::npos) {
        place.conversion = head.substr(mark);
        head.resize(mark);
    }
    place.name = std::move(head);
    return place;
}

/// ".100": so many characters at most. Nothing for every other form.
std::optional<std::string> most_characters(const std::string& spec) {
    if (spec.size() < 2 || spec.size() > 6 || spec.front() != '.')
        return std::nullopt;
    std::string digits = spec.substr(1);
    if (digits.ends_with('s'))
        digits.pop_back();
    const bool number = !digits.empty() && std::all_of(digits.begin(), digits.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
    return number ? std::optional{digits} : std::nullopt;
}

} // namespace

std::string as_template_words(const std::string& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words.compare(i, 2, "{{") == 0) {
            out += "{{ '{{' }}";
            ++i;
        } else {
            out += words[i];
        }
    }
    return out;
}

TranslatedFormat
translate_format(const std::string& format,
                 const std::function<std::optional<FormatField>(const std::string& name)>& field) {
    TranslatedFormat translated;
    std::string words; // since the last place
    const auto end_words = [&] {
        translated.status += as_template_words(words);
        words.clear();
    };
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format.compare(i, 2, "{{") == 0 || format.compare(i, 2, "}}") == 0) {
            words += format[i++];
            continue;
        }
        const auto close = format[i] == '{' ? format.find('}', i) : std::string::npos;
        if (close == std::string::npos) {
            words += format[i];
            continue;
        }
        const std::string written = format.substr(i, close - i + 1);
        const Place place = read_place(format.substr(i + 1, close - i - 1));
        i = close;
        const std::optional<FormatField> known = field(place.name);
        if (!known) {
            translated.notes.push_back(written + " has no counterpart, and is left out");
            continue;
        }
        if (!known->note.empty())
            translated.notes.push_back(written + ": " + known->note);
        if (!known->words.empty()) {
            words += known->words;
            continue;
        }
        if (known->expression.empty())
            continue;
        end_words();
        translated.status += "{{ " + known->expression;
        if (const auto most = most_characters(place.spec)) {
            translated.status += " | truncate(" + *most + ")";
            translated.notes.push_back(written + " is cut at the end of a word, and not within it");
        } else if (!place.spec.empty() || !place.conversion.empty()) {
            translated.notes.push_back(written + ": " + place.conversion +
                                       (place.spec.empty() ? "" : ":" + place.spec) +
                                       " has no counterpart, and is left out");
        }
        translated.status += " }}";
    }
    end_words();
    return translated;
}

} // namespace crier::moving
