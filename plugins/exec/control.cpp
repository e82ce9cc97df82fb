#include "exec/control.hpp"

#include "kit/text.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace crier::exec {

namespace json = boost::json;

namespace {

std::string_view text_in(const json::value& value) {
    return {value.get_string().data(), value.get_string().size()};
}

bool set_cursor(const json::value& value, sdk::Sink& sink) {
    if (!value.is_string())
        return false;
    sink.cursor(text_in(value));
    return true;
}

bool set_wait(const json::value& value, sdk::Sink& sink) {
    if (!value.is_int64() || value.get_int64() < 0)
        return false;
    sink.wait(value.get_int64());
    return true;
}

bool warn(const json::value& value, sdk::Sink& sink) {
    if (!value.is_string())
        return false;
    sink.warning(text_in(value));
    return true;
}

bool fetch(const json::value& value, sdk::Sink& sink) {
    if (!value.is_string() || !kit::is_web_address(text_in(value)))
        return false;
    sink.fetch(text_in(value));
    return true;
}

bool fail(const json::value& value, sdk::Sink&) {
    if (!value.is_string() || kit::trimmed(text_in(value)).empty())
        return false;
    throw sdk::Error(std::string{kit::trimmed(text_in(value))});
}

struct Control {
    std::string_view name;
    std::string_view wanted;
    bool (*act)(const json::value& value, sdk::Sink& sink);
};

constexpr std::array controls{
    Control{"cursor", "a text", &set_cursor}, Control{"wait", "a whole number of seconds", &set_wait},
    Control{"warning", "a text", &warn},      Control{"fetch", "an http or https address", &fetch},
    Control{"error", "a text", &fail}, // the last: what stands beside it is done before
};

bool has(const json::object& object, std::string_view name) {
    return object.contains({name.data(), name.size()});
}

} // namespace

bool is_control(const json::object& object) {
    for (const std::string_view name : {"id", "link", "title", "summary", "content", "media"})
        if (has(object, name))
            return false;
    return std::any_of(controls.begin(), controls.end(),
                       [&](const Control& one) { return has(object, one.name); });
}

void control(const json::object& object, const std::string& place, sdk::Sink& sink) {
    for (const Control& one : controls) {
        const json::value* value = object.if_contains({one.name.data(), one.name.size()});
        if (value != nullptr && !one.act(*value, sink))
            sink.warning(place + ": \"" + std::string{one.name} + "\" must be " + std::string{one.wanted} +
                         "; it was passed over");
    }
}

} // namespace crier::exec
