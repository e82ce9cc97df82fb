#include "kit/json_values.hpp"
#include "queue/rows.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>

#include <array>

namespace crier::queue {

namespace json = boost::json;

void read_json(std::string_view text, Items& items) {
    kit::JsonValues values{text};
    std::array<unsigned char, 16384> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): scratch memory
    for (;;) {
        json::monotonic_resource memory{buffer.data(), buffer.size()};
        const auto found = values.next(&memory);
        if (!found)
            return;
        const std::string place = line(found->line);
        if (!found->value) {
            items.broken(place, found->trouble);
            continue;
        }
        const json::array* list = found->value->if_array();
        if (list == nullptr && !items.take(*found->value, place))
            return;
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
            if (!items.take((*list)[i], place + ", item " + std::to_string(i + 1)))
                return;
    }
}

} // namespace crier::queue
