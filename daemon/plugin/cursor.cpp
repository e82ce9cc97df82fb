#include "plugin/cursor.hpp"

#include "plugin/look_json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

namespace crier::plugin {

namespace json = boost::json;

Cursor Cursor::read(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    Cursor cursor;
    if (error || !value.is_object())
        return cursor;
    const auto field = [&](const char* name) {
        const json::value* found = value.get_object().if_contains(name);
        return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
    };
    cursor.url = field("url");
    cursor.base = field("base");
    cursor.etag = field("etag");
    cursor.modified = field("modified");
    cursor.digest = field("digest");
    cursor.own = field("own");
    const auto part = [&](const char* name) {
        const json::value* found = value.get_object().if_contains(name);
        return found != nullptr && found->is_object() ? found->get_object() : json::object{};
    };
    cursor.rule = look_rule_of(part("rule"));
    cursor.rhythm = rhythm_from(part("rhythm"));
    cursor.hub = hub_of(part("hub"));
    return cursor;
}

std::string Cursor::write() const {
    json::object object;
    object["url"] = url;
    if (!base.empty())
        object["base"] = base;
    if (!etag.empty())
        object["etag"] = etag;
    if (!modified.empty())
        object["modified"] = modified;
    object["digest"] = digest;
    if (!own.empty())
        object["own"] = own;
    if (rule != LookRule{})
        object["rule"] = to_json(rule);
    if (rhythm.newest)
        object["rhythm"] = to_json(rhythm);
    if (!hub.none())
        object["hub"] = to_json(hub);
    return json::serialize(object);
}

} // namespace crier::plugin
