#include "fediverse/cursor.hpp"

#include "fediverse/fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace crier::fediverse {

namespace json = boost::json;

std::string Cursor::written(const Profile& profile) const {
    json::object object;
    object["host"] = profile.host;
    object["acct"] = profile.acct;
    object["id"] = id;
    object["asked"] = asked;
    object["newest"] = newest;
    object["newest_at"] = newest_at;
    return json::serialize(object);
}

std::optional<Cursor> read_cursor(std::string_view text, const Profile& profile) {
    boost::system::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    const json::object* object = error ? nullptr : value.if_object();
    if (object == nullptr || text_in(*object, "host") != profile.host ||
        text_in(*object, "acct") != profile.acct || id_in(*object, "id").empty())
        return std::nullopt;
    const auto number = [&](std::string_view name) {
        const json::value* found = field(*object, name);
        return found != nullptr && found->is_int64() ? found->get_int64() : 0;
    };
    return Cursor{id_in(*object, "id"), number("asked"), id_in(*object, "newest"), number("newest_at")};
}

} // namespace crier::fediverse
