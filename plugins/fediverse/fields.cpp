#include "fediverse/fields.hpp"

#include "kit/text.hpp"

namespace crier::fediverse {

namespace json = boost::json;

const json::value* field(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::string_view text_in(const json::object& object, std::string_view name) {
    const json::value* value = field(object, name);
    if (value == nullptr || !value->is_string())
        return {};
    return {value->get_string().data(), value->get_string().size()};
}

std::string id_in(const json::object& object, std::string_view name) {
    const json::value* value = field(object, name);
    if (value != nullptr && value->is_int64())
        return std::to_string(value->get_int64());
    if (value != nullptr && value->is_uint64())
        return std::to_string(value->get_uint64());
    return std::string{text_in(object, name)};
}

bool flag_in(const json::object& object, std::string_view name) {
    const json::value* value = field(object, name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

const json::object* object_in(const json::object& object, std::string_view name) {
    const json::value* value = field(object, name);
    return value == nullptr ? nullptr : value->if_object();
}

const json::array& list_in(const json::object& object, std::string_view name) {
    static const json::array none;
    const json::value* value = field(object, name);
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

std::string_view address_in(const json::object& object, std::string_view name) {
    const std::string_view text = kit::trimmed(text_in(object, name));
    return kit::is_web_address(text) ? text : std::string_view{};
}

} // namespace crier::fediverse
