#include "plugin/cursor.hpp"

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
    cursor.etag = field("etag");
    cursor.modified = field("modified");
    cursor.digest = field("digest");
    cursor.own = field("own");
    return cursor;
}

std::string Cursor::write() const {
    json::object object;
    object["url"] = url;
    if (!etag.empty())
        object["etag"] = etag;
    if (!modified.empty())
        object["modified"] = modified;
    object["digest"] = digest;
    if (!own.empty())
        object["own"] = own;
    return json::serialize(object);
}

} // namespace crier::plugin
