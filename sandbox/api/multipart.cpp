#include "sandbox/api/multipart.hpp"

#include "sandbox/http/message.hpp"

namespace crier::sandbox {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// Reads a quoted value behind its opening quote; drops it from `text`.
std::string take_quoted(std::string_view& text) {
    std::string value;
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1)
            text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    if (!text.empty())
        text.remove_prefix(1);
    return value;
}

bool read_headers(std::string_view head, Part& part) {
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            return false;
        const std::string_view name = trimmed(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (same_text(name, "Content-Type"))
            part.content_type = std::string{value};
        if (!same_text(name, "Content-Disposition"))
            continue;
        const auto field = header_parameter(value, "name");
        const auto filename = header_parameter(value, "filename");
        if (!field)
            return false;
        part.name = *field;
        part.filename = filename.value_or("");
        part.is_file = filename.has_value();
    }
    return !part.name.empty();
}

} // namespace

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    auto semicolon = value.find(';');
    while (semicolon != std::string_view::npos) {
        value = trimmed(value.substr(semicolon + 1));
        const auto equals = value.find('=');
        if (equals == std::string_view::npos)
            return std::nullopt;
        const std::string_view found = trimmed(value.substr(0, equals));
        value = trimmed(value.substr(equals + 1));
        std::string text;
        if (!value.empty() && value.front() == '"')
            text = take_quoted(value);
        else
            text = std::string{trimmed(value.substr(0, value.find(';')))};
        if (same_text(found, name))
            return text;
        semicolon = value.find(';');
    }
    return std::nullopt;
}

std::optional<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body) {
    const auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 200)
        return std::nullopt;
    const std::string delimiter = "--" + *boundary;
    const std::string next = "\r\n" + delimiter;
    std::vector<Part> parts;
    auto at = body.substr(0, delimiter.size()) == delimiter ? 0 : body.find(next);
    if (at == std::string_view::npos)
        return std::nullopt;
    body.remove_prefix(body.find(delimiter, at) + delimiter.size());
    while (body.substr(0, 2) != "--") {
        const auto head_begin = body.find("\r\n");
        const auto head_end = body.find("\r\n\r\n");
        if (head_end == std::string_view::npos || parts.size() >= 1000)
            return std::nullopt;
        const auto end = body.find(next, head_end + 2);
        if (end == std::string_view::npos)
            return std::nullopt;
        Part part;
        if (head_begin == head_end ||
            !read_headers(body.substr(head_begin + 2, head_end - head_begin - 2), part))
            return std::nullopt;
        // An empty part's end may begin with the empty line's own line break.
        part.bytes = end < head_end + 4 ? std::string_view{} : body.substr(head_end + 4, end - head_end - 4);
        parts.push_back(std::move(part));
        body.remove_prefix(end + next.size());
    }
    return parts;
}

} // namespace crier::sandbox
