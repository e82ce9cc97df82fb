#include "queue/options.hpp"

#include "kit/loose.hpp"
#include "kit/text.hpp"

namespace crier::queue {
namespace {

Format format_of(const std::string& value) {
    if (value == "csv")
        return Format::csv;
    if (value == "json")
        return Format::json;
    if (value == "yaml")
        return Format::yaml;
    throw sdk::Error("format: '" + value + "' is none of csv, json and yaml");
}

char separator_of(const std::string& value) {
    if (value == "tab" || value == "\\t")
        return '\t';
    if (value == "comma")
        return ',';
    if (value == "semicolon")
        return ';';
    const std::string_view impossible = "\"\r\n";
    if (value.size() != 1 || impossible.find(value.front()) != std::string_view::npos)
        throw sdk::Error("separator: '" + value +
                         "' must be one sign that is no quote, or comma, semicolon, tab");
    return value.front();
}

Mapping mapping_of(const std::string& field, const std::string& column) {
    const std::string_view known = kit::field_of(field);
    if (known.empty())
        throw sdk::Error(
            "fields: '" + field +
            "' is no field of an item; there are id, title, link, published, updated, due, expires, "
            "summary, content, author, categories, media, alt, language and weight");
    if (kit::trimmed(column).empty())
        throw sdk::Error("fields: say which column or key " + field + " is, or leave it out");
    return {known, std::string{kit::trimmed(column)}};
}

} // namespace

Options::Options(const sdk::Settings& settings) {
    constexpr std::string_view prefix = "fields.";
    for (const auto& [name, value] : settings) {
        if (name == "format")
            format = format_of(value);
        else if (name == "separator")
            separator = separator_of(value);
        else if (name.substr(0, prefix.size()) == prefix)
            fields.push_back(mapping_of(name.substr(prefix.size()), value));
        else if (name == "fields")
            throw sdk::Error(
                "fields must be a mapping of an item's fields to the list's columns or keys, such as "
                "{title: Headline}");
        else
            throw sdk::Error("'" + name +
                             "' is no key of the plugin queue; there are format, separator and fields");
    }
    if (separator != '\0' && format && *format != Format::csv)
        throw sdk::Error("separator: only CSV has one; leave it out, or say format: csv");
}

} // namespace crier::queue
