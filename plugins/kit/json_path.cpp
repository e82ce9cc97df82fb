#include "kit/json_path.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>

namespace crier::kit {

namespace json = boost::json;

namespace {

const json::value* member(const json::value& value, std::string_view name) {
    if (const json::object* object = value.if_object())
        return object->if_contains({name.data(), name.size()});
    const json::array* list = value.if_array();
    std::size_t index = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data(), end, index);
    if (list == nullptr || read.ec != std::errc{} || read.ptr != end || index >= list->size())
        return nullptr;
    return &(*list)[index];
}

} // namespace

const json::value* at_path(const json::value& value, std::string_view path) {
    const json::value* at = &value;
    while (at != nullptr) {
        if (const json::value* whole = member(*at, path))
            return whole;
        const std::size_t dot = path.find('.');
        if (dot == std::string_view::npos)
            return nullptr;
        at = member(*at, path.substr(0, dot));
        path.remove_prefix(dot + 1);
    }
    return nullptr;
}

} // namespace crier::kit
