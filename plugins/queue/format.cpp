#include "queue/format.hpp"

#include "kit/file_name.hpp"
#include "kit/text.hpp"

namespace crier::queue {
namespace {

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::optional<Format> by_type(std::string_view content_type) {
    const std::string type = kit::lowered(content_type.substr(0, content_type.find(';')));
    if (has(type, "csv") || has(type, "tab-separated"))
        return Format::csv;
    if (has(type, "json"))
        return Format::json;
    if (has(type, "yaml"))
        return Format::yaml;
    return std::nullopt;
}

std::optional<Format> by_extension(std::string_view address) {
    if (kit::is_web_address(address))
        address = address.substr(0, address.find_first_of("?#"));
    const std::string extension = kit::extension_of(address);
    if (extension == "csv" || extension == "tsv" || extension == "tab")
        return Format::csv;
    if (extension == "json" || extension == "jsonl" || extension == "ndjson")
        return Format::json;
    if (extension == "yaml" || extension == "yml")
        return Format::yaml;
    return std::nullopt;
}

Format by_beginning(std::string_view text) {
    const std::string_view start = text.substr(0, 3);
    if (start.substr(0, 1) == "{" || start.substr(0, 1) == "[")
        return Format::json;
    if (start == "---" || start.substr(0, 2) == "- " || start.substr(0, 2) == "-\n" || start == "-\r\n")
        return Format::yaml;
    return Format::csv;
}

} // namespace

Format recognised(std::string_view text, std::string_view content_type, std::string_view address) {
    const std::string_view start = kit::trimmed(text.substr(0, 4096));
    if (start.substr(0, 1) == "<")
        throw sdk::Error(
            "this is HTML or XML, and no list: give the address of the list itself (of a spreadsheet, the "
            "one that exports it as CSV)");
    if (const auto format = by_type(content_type))
        return *format;
    if (const auto format = by_extension(address))
        return *format;
    return by_beginning(start);
}

} // namespace crier::queue
