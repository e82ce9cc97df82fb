#include "kit/item_reader.hpp"
#include "kit/json_path.hpp"
#include "kit/written.hpp"
#include "webhook/forges.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace crier::webhook {

namespace json = boost::json;

namespace {

class PlainItems {
public:
    PlainItems(const Options& options, sdk::Sink& sink)
        : options_(options)
        , sink_(sink) {}

    /// False: the host has enough.
    bool take(const json::value& value, const std::string& place) {
        std::string refused = "an item is an object {...}, and this is none";
        bool more = true;
        if (value.is_object())
            more = kit::hand_over(read(value), place, sink_, refused);
        if (refused.empty()) {
            ++taken_;
            return more;
        }
        if (first_trouble_.empty())
            first_trouble_ = place + ": " + refused;
        sink_.warning(place + ": " + refused);
        return more;
    }

    /// Who sent what cannot be read is told so.
    void finish() const {
        if (taken_ == 0 && !first_trouble_.empty())
            throw sdk::Error(first_trouble_);
    }

private:
    kit::ReadItem read(const json::value& value) const {
        if (options_.fields.empty())
            return kit::read_item(value.get_object(), kit::Files::none);
        std::vector<kit::Written> fields;
        for (const auto& [field, path] : options_.fields)
            if (const json::value* found = kit::at_path(value, path))
                fields.push_back({field, *found});
        return kit::read_written(fields, kit::Files::none);
    }

    const Options& options_;
    sdk::Sink& sink_;
    std::size_t taken_ = 0;
    std::string first_trouble_;
};

} // namespace

void read_plain(const json::value& payload, const Options& options, sdk::Sink& sink) {
    PlainItems items{options, sink};
    const json::array* list = payload.if_array();
    if (list == nullptr)
        items.take(payload, "the body");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
        if (!items.take((*list)[i], "item " + std::to_string(i + 1)))
            return;
    items.finish();
}

} // namespace crier::webhook
