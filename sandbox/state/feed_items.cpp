#include "sandbox/state/feed_items.hpp"

#include <algorithm>
#include <utility>

namespace crier::sandbox {

void FeedItems::start(std::size_t count, std::optional<std::chrono::seconds> grows, Time now) {
    items_.clear();
    number_ = added_ = 0;
    grows_ = grows;
    changed_ = now;
    for (std::size_t left = std::min(count, most); left > 0; --left) {
        const Time at = now - std::chrono::hours{left - 1};
        put(invented_item(++number_, unix_seconds(at)), now);
    }
    if (grows_)
        next_ = now + *grows_;
}

void FeedItems::tick(Time now) {
    // After a long leap of the clock only the last ones matter.
    const auto enough = grows_.value_or(std::chrono::seconds{0}) * static_cast<std::int64_t>(most);
    if (grows_ && now - next_ > enough)
        next_ = now - enough;
    for (; grows_ && next_ <= now; next_ += *grows_)
        put(invented_item(++number_, unix_seconds(next_)), next_);
}

FeedItem& FeedItems::add(FeedItem item, Time now) {
    const std::string number = std::to_string(++added_);
    if (item.link.empty())
        item.link = "https://example.org/added/" + number;
    if (item.id.empty())
        item.id = "added-" + number;
    if (item.published.empty())
        item.published = rfc3339(now, 0);
    put(std::move(item), now);
    return items_.back();
}

FeedItem* FeedItems::find(std::string_view id) {
    const auto found =
        std::find_if(items_.begin(), items_.end(), [&](const FeedItem& i) { return i.id == id; });
    return found == items_.end() ? nullptr : &*found;
}

bool FeedItems::erase(std::string_view id, Time now) {
    const bool gone = std::erase_if(items_, [&](const FeedItem& item) { return item.id == id; }) > 0;
    if (gone)
        changed_ = now;
    return gone;
}

std::vector<FeedItem> FeedItems::newest_first() const {
    return {items_.rbegin(), items_.rend()};
}

void FeedItems::put(FeedItem item, Time now) {
    items_.push_back(std::move(item));
    if (items_.size() > most)
        items_.pop_front();
    changed_ = std::max(changed_, now);
}

} // namespace crier::sandbox
