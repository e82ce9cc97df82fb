#include "sandbox/api/params.hpp"

#include "sandbox/api/multipart.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

bool valid_utf8(std::string_view text) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t point = 0;
        const utf8proc_ssize_t n = utf8proc_iterate(at, left, &point);
        if (n <= 0)
            return false;
        at += n;
        left -= n;
    }
    return true;
}

std::optional<std::string> scalar_text(const json::value& value) {
    if (value.is_string())
        return std::string{value.get_string()};
    if (value.is_bool() || value.is_number())
        return json::serialize(value);
    return std::nullopt;
}

bool put_pairs(json::object& tree, std::string_view text) {
    for (auto& [key, value] : decode_pairs(text))
        if (!valid_utf8(key) || !valid_utf8(value) || !put_param(tree, key, std::move(value)))
            return false;
    return true;
}

bool put_json(json::object& tree, std::string_view body) {
    if (body.empty())
        return true;
    boost::system::error_code error;
    const json::value value = json::parse(body, error);
    if (error)
        return false;
    if (value.is_object())
        for (const auto& [name, inner] : value.get_object())
            tree[name] = inner;
    return true; // anything else is a parameter without a name
}

bool put_multipart(Params& params, const Request& request) {
    const auto parts = parse_multipart(request.header("Content-Type"), request.body);
    if (!parts)
        return false;
    for (const Part& part : *parts) {
        LoggedPart logged{part.name, part.filename, part.content_type, part.bytes.size(), {}};
        if (part.is_file) {
            params.files.push_back(
                {part.name, part.filename, part.content_type, request.body.part(part.bytes)});
        } else {
            logged.text = part.bytes.substr(0, RequestLog::most_text);
            if (!valid_utf8(part.bytes) || !put_param(params.tree, part.name, std::string{part.bytes}))
                return false;
        }
        params.parts.push_back(std::move(logged));
    }
    return true;
}

} // namespace

bool Params::has(std::string_view name) const {
    return tree.contains(name);
}

std::optional<std::string> Params::text(std::string_view name) const {
    const json::value* const found = tree.if_contains(name);
    return found == nullptr ? std::nullopt : scalar_text(*found);
}

std::optional<bool> Params::boolean(std::string_view name) const {
    const auto value = text(name);
    if (!value || value->empty())
        return std::nullopt;
    constexpr std::string_view falses[] = {"false", "0", "f", "off"};
    return std::none_of(std::begin(falses), std::end(falses),
                        [&](std::string_view no) { return same_text(no, *value); });
}

std::optional<std::int64_t> Params::integer(std::string_view name) const {
    const auto value = text(name);
    std::int64_t number = 0;
    if (!value)
        return std::nullopt;
    const auto read = std::from_chars(value->data(), value->data() + value->size(), number);
    return read.ec == std::errc{} ? std::optional{number} : std::nullopt;
}

std::optional<std::vector<std::string>> Params::list(std::string_view name) const {
    const json::value* const found = tree.if_contains(name);
    if (found == nullptr || !found->is_array())
        return std::nullopt;
    std::vector<std::string> values;
    for (const json::value& value : found->get_array())
        if (auto text_value = scalar_text(value))
            values.push_back(std::move(*text_value));
    return values;
}

std::optional<Params> Params::map(std::string_view name) const {
    const json::value* const found = tree.if_contains(name);
    if (found == nullptr || !found->is_object())
        return std::nullopt;
    Params inner;
    inner.tree = found->get_object();
    return inner;
}

const Upload* Params::file(std::string_view name) const {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const Upload& upload) { return upload.field == name; });
    return found == files.end() ? nullptr : &*found;
}

Params parse_params(const Request& request) {
    Params params;
    const std::string_view whole = request.header("Content-Type");
    const std::string_view type = whole.substr(0, whole.find_first_of("; "));
    bool good = put_pairs(params.tree, request.query);
    if (same_text(type, "application/json")) {
        good = good && put_json(params.tree, request.body);
    } else if (same_text(type, "multipart/form-data")) {
        good = good && put_multipart(params, request);
    } else if (same_text(type, "application/x-www-form-urlencoded")) {
        json::object body; // over the query's, not beside them
        good = good && put_pairs(body, request.body);
        for (const auto& [name, value] : body)
            params.tree[name] = value;
    }
    params.malformed = !good;
    return params;
}

} // namespace crier::sandbox
