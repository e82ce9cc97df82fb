#include "mastodon/json.hpp"

#include <boost/json/parse.hpp>

namespace crier::mastodon {

namespace json = boost::json;

std::optional<json::value> parse_json(std::string_view body) {
    json::parse_options options;
    options.allow_invalid_utf8 = true;
    boost::system::error_code error;
    json::value value = json::parse({body.data(), body.size()}, error, {}, options);
    if (error)
        return std::nullopt;
    return value;
}

const json::value* at(const json::value& value, std::initializer_list<std::string_view> path) {
    const json::value* found = &value;
    for (const std::string_view name : path) {
        const json::object* object = found->if_object();
        found = object != nullptr ? object->if_contains({name.data(), name.size()}) : nullptr;
        if (found == nullptr)
            return nullptr;
    }
    return found;
}

std::string text_of(const json::value* value) {
    std::string text;
    if (value != nullptr && value->is_string())
        for (const char c : value->get_string())
            text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return text;
}

std::string id_of(const json::value* value) {
    if (value != nullptr && value->is_int64())
        return std::to_string(value->get_int64());
    if (value != nullptr && value->is_uint64())
        return std::to_string(value->get_uint64());
    return text_of(value);
}

} // namespace crier::mastodon
