#include "simulation/feed.hpp"

#include <algorithm>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {
constexpr std::size_t shown = 10;
constexpr Duration shown_for = std::chrono::hours{6};
constexpr std::size_t before_the_start = 5;
} // namespace

SimFeed::SimFeed(Time& time, std::string name, std::uint64_t seed, std::size_t a_day, bool long_items)
    : time_(time)
    , name_(std::move(name))
    , long_items_(long_items) {
    Dice dice{seed};
    const auto add = [&](Instant when) {
        Entry entry;
        entry.published = when;
        entries_.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < before_the_start; ++i)
        add(time.world() - dice.between(1h, 48h));
    const std::size_t later = a_day * static_cast<std::size_t>(run_length / 24h);
    for (std::size_t i = 0; i < later; ++i)
        add(time.world() + dice.between(10min, run_length - 1h));
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.published < b.published; });
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        entries_[i].name = name_ + "n" + std::to_string(i);
        entries_[i].id = entries_[i].name;
        entries_[i].title = title(i, "is new");
    }
}

/// Of a long one each paragraph is a post: two of them are too long for one.
std::string SimFeed::title(std::size_t place, const std::string& words) const {
    const std::string& name = entries_[place].name;
    if (!long_items_ || place % 3 != 0)
        return name + " " + words;
    const std::size_t posts = 1 + (place / 3 + static_cast<std::size_t>(edition_)) % 4;
    std::string text;
    for (std::size_t i = 1; i <= posts; ++i)
        text += (i == 1 ? name : "\n\n" + name + "/" + std::to_string(i)) + " " + words + " " +
                std::string(400, '-');
    return text;
}

std::size_t SimFeed::visible() const {
    const Instant now = time_.world();
    return static_cast<std::size_t>(std::partition_point(entries_.begin(), entries_.end(),
                                                         [&](const Entry& e) { return e.published <= now; }) -
                                    entries_.begin());
}

std::vector<SimFeed::Entry> SimFeed::shown_now() const {
    const std::size_t end = visible();
    return {entries_.begin() + static_cast<std::ptrdiff_t>(oldest_shown(end)),
            entries_.begin() + static_cast<std::ptrdiff_t>(end)};
}

Heard SimFeed::push(std::size_t how) {
    std::vector<Entry> pushed = shown_now();
    if (how == 0 && pushed.size() > 2)
        pushed.erase(pushed.begin(), pushed.end() - 2);
    else if (how == 2 && !before_.empty())
        pushed = before_;
    Heard heard;
    heard.body = std::to_string(pushes_.size());
    pushes_.push_back(std::move(pushed));
    return heard;
}

void SimFeed::meet(const Fault& fault) {
    before_ = shown_now();
    ++edition_;
    switch (fault.kind) {
    case FaultKind::feed_down:
        down_until_ = std::max(down_until_, time_.world() + fault.length);
        break;
    case FaultKind::feed_order:
        turned_ = !turned_;
        break;
    case FaultKind::feed_ids:
        for (Entry& entry : entries_)
            entry.id += "'";
        break;
    case FaultKind::feed_edits:
        for (std::size_t i = 0; i < visible(); ++i) {
            if (entries_[i].gone)
                continue;
            entries_[i].title = title(i, "was edited " + std::to_string(edition_));
            entries_[i].changed = time_.world();
        }
        break;
    case FaultKind::feed_takes_back:
        if (const std::size_t there = visible(); there > 0 && !entries_[there - 1].gone) {
            entries_[there - 1].gone = true;
            entries_[there - 1].changed = time_.world();
        }
        break;
    case FaultKind::feed_links:
        other_links_ = !other_links_;
        break;
    case FaultKind::feed_empty:
        empty_until_ = std::max(empty_until_, time_.world() + fault.length);
        break;
    case FaultKind::burst:
        burst(fault.nth);
        break;
    default:
        break;
    }
}

std::size_t SimFeed::oldest_shown(std::size_t visible) const {
    const Instant old = time_.world() - shown_for;
    const auto young = std::partition_point(entries_.begin(), entries_.end(),
                                            [&](const Entry& e) { return e.published <= old; });
    return std::min(visible > shown ? visible - shown : 0,
                    static_cast<std::size_t>(young - entries_.begin()));
}

void SimFeed::burst(std::size_t items) {
    std::vector<Entry> more(items);
    for (std::size_t i = 0; i < items; ++i) {
        more[i].name = name_ + "b" + std::to_string(edition_) + "n" + std::to_string(i);
        more[i].id = more[i].name;
        more[i].title = more[i].name + " is one of many";
        more[i].published = time_.world();
    }
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(visible()), more.begin(), more.end());
}

class SimSource final : public Source {
public:
    explicit SimSource(SimFeed& feed)
        : feed_(feed) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override {
        co_await feed_.time_.pass(30ms);
        if (feed_.time_.world() < feed_.down_until_)
            co_return Failure{Cause::network, "the feed cannot be read", "look at it"};
        const bool empty = feed_.time_.world() < feed_.empty_until_;
        const std::size_t visible = feed_.visible();
        SourceYield yield;
        yield.cursor =
            std::to_string(visible) + "/" + std::to_string(feed_.edition_) + (empty ? " empty" : "");
        yield.unchanged = yield.cursor == cursor;
        yield.hub = Hub{"https://hub.example/", "https://blog.example/" + feed_.name_};
        if (yield.unchanged)
            co_return yield;
        if (empty)
            co_return yield;
        const std::size_t oldest = feed_.oldest_shown(visible);
        yield.items.reserve(visible - oldest);
        for (std::size_t i = visible; i-- > oldest;)
            yield.items.push_back(item(feed_.entries_[i]));
        if (feed_.turned_)
            std::reverse(yield.items.begin(), yield.items.end());
        co_return yield;
    }

    boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string cursor) override {
        co_await feed_.time_.pass(5ms);
        SourceYield yield;
        yield.cursor = std::move(cursor);
        const std::vector<SimFeed::Entry>& pushed = feed_.pushes_.at(std::stoul(heard.body));
        for (std::size_t i = pushed.size(); i-- > 0;)
            yield.items.push_back(item(pushed[i]));
        co_return yield;
    }

private:
    [[nodiscard]] Item item(const SimFeed::Entry& entry) const {
        Item item;
        item.id = entry.id;
        item.title = entry.title;
        item.link = feed_.other_links_ ? "http://Blog.example/" + entry.name + "/?utm_source=rss"
                                       : "https://blog.example/" + entry.name;
        item.published = entry.published;
        item.gone = entry.gone;
        return item;
    }

    SimFeed& feed_;
};

std::unique_ptr<Source> SimFeed::source() {
    return std::make_unique<SimSource>(*this);
}

} // namespace crier::sim
