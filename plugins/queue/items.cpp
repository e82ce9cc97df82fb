#include "queue/items.hpp"

#include "queue/columns.hpp"

namespace crier::queue {

namespace json = boost::json;

bool Items::take(const json::value& row, const std::string& place) {
    if (row.is_string())
        return take(std::vector<kit::Written>{{"content", row}}, place);
    if (const json::object* object = row.if_object())
        return take(fields_of(*object, fields_), place);
    if (!row.is_null())
        broken(place, "a row is a mapping of fields, or a text, and this is neither");
    return true;
}

bool Items::take(const std::vector<kit::Written>& fields, const std::string& place) {
    const kit::ReadItem read = kit::read_written(fields, kit::Files::none);
    std::string refused;
    const bool more = kit::hand_over(read, place, sink_, refused);
    if (refused.empty())
        ++taken_;
    else
        broken(place, refused);
    return more;
}

void Items::broken(const std::string& place, const std::string& why) {
    const std::string words = place + ": " + why;
    if (first_trouble_.empty())
        first_trouble_ = words;
    sink_.warning(words);
}

void Items::finish() const {
    if (taken_ == 0 && !first_trouble_.empty())
        throw sdk::Error("no row could be read; " + first_trouble_);
}

} // namespace crier::queue
