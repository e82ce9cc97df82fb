#include "engine/waiting_items.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::engine {

namespace {

bool is_sooner(const Item& a, const Item& b) {
    return *a.due < *b.due;
}

} // namespace

void WaitingItems::take_from(std::vector<Item>& items, Instant now) {
    const auto ahead = std::stable_partition(items.begin(), items.end(), [now](const Item& item) {
        return !item.due || *item.due <= now || item.gone;
    });
    items_.assign(std::make_move_iterator(ahead), std::make_move_iterator(items.end()));
    items.erase(ahead, items.end());
    std::stable_sort(items_.begin(), items_.end(), is_sooner);
}

std::vector<Item> WaitingItems::due(Instant now) {
    const auto ahead =
        std::find_if(items_.begin(), items_.end(), [now](const Item& item) { return *item.due > now; });
    std::vector<Item> taken{std::make_move_iterator(items_.begin()), std::make_move_iterator(ahead)};
    items_.erase(items_.begin(), ahead);
    return taken;
}

void WaitingItems::put_back(std::vector<Item> items) {
    items_.insert(items_.begin(), std::make_move_iterator(items.begin()),
                  std::make_move_iterator(items.end()));
    std::stable_sort(items_.begin(), items_.end(), is_sooner);
}

std::optional<Instant> WaitingItems::next() const {
    return items_.empty() ? std::nullopt : items_.front().due;
}

} // namespace crier::engine
