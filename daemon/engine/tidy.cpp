#include "engine/tidy.hpp"

#include "core/tracking.hpp"

namespace crier::engine {

void tidy(std::vector<Item>& items, const SourceSettings& source) {
    if (!source.strip_tracking)
        return;
    for (Item& item : items)
        item.link = tracking::stripped(item.link);
}

} // namespace crier::engine
