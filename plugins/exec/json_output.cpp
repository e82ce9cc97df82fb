#include "exec/json_output.hpp"

#include "exec/control.hpp"
#include "kit/item_reader.hpp"
#include "kit/json_values.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <array>
#include <string>

namespace crier::exec {

namespace json = boost::json;

namespace {

/// From values to the sink, with what was wrong.
class Items {
public:
    explicit Items(sdk::Sink& sink)
        : sink_(sink) {}

    /// False: the host has enough.
    bool take(const json::value& value, const std::string& place) {
        const json::object* object = value.if_object();
        if (object == nullptr) {
            broken(place, "an item is an object {...}, and this is none");
            return true;
        }
        if (is_control(*object)) {
            control(*object, place, sink_);
            ++taken_;
            return true;
        }
        std::string refused;
        const bool more =
            kit::hand_over(kit::read_item(*object, kit::Files::absolute), place, sink_, refused);
        if (refused.empty())
            ++taken_;
        else
            broken(place, refused);
        return more;
    }

    void broken(const std::string& place, const std::string& why) {
        const std::string words = place + ": " + why;
        if (first_trouble_.empty())
            first_trouble_ = words;
        sink_.warning(words);
    }

    void finish() const {
        if (taken_ == 0 && !first_trouble_.empty())
            throw sdk::Error("no item could be read of it; " + first_trouble_);
    }

private:
    sdk::Sink& sink_;
    std::size_t taken_ = 0;
    std::string first_trouble_;
};

} // namespace

void read_json(std::string_view output, sdk::Sink& sink) {
    Items items{sink};
    kit::JsonValues values{output};
    std::array<unsigned char, 16384> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): scratch memory
    for (;;) {
        json::monotonic_resource memory{buffer.data(), buffer.size()};
        const auto found = values.next(&memory);
        if (!found)
            break;
        const std::string line = "line " + std::to_string(found->line);
        if (!found->value) {
            items.broken(line, found->trouble);
        } else if (const json::array* list = found->value->if_array()) {
            for (std::size_t i = 0; i < list->size(); ++i)
                if (!items.take((*list)[i], line + ", item " + std::to_string(i + 1)))
                    return;
        } else if (!items.take(*found->value, line)) {
            return;
        }
    }
    items.finish();
}

} // namespace crier::exec
