#include "simulation/server.hpp"

#include <functional>

/// What the simulated server shows to those whom it does not know: through a cache, a page at a time.
namespace crier::sim {

using namespace std::chrono_literals;

namespace {

/// As long as Mastodon lets a cache keep a page (max-age and stale-while-revalidate).
constexpr Duration cache = 45s;

constexpr std::size_t page_length = 200;

/// Most of what is marked keeps its letters; some of it is shown as nobody would know it.
std::string in_other_words(const SimServer::Status& status) {
    if (std::hash<std::string>{}(status.key) % 16 == 0)
        return "shown in quite other words";
    std::string text;
    for (const char c : status.text)
        text += c == ' ' ? std::string{" * "} : std::string{c};
    return text;
}

SeenStatus as_seen(const SimServer::Status& status, const std::string& server) {
    SeenStatus seen;
    seen.id = status.id;
    seen.url = "https://" + server + ".example/@bot/" + status.id;
    seen.account_id = "1";
    seen.created = status.created;
    seen.text = status.marked ? in_other_words(status) : status.text;
    seen.visibility = "public";
    seen.media = status.media;
    return seen;
}

} // namespace

LookResult SimServer::look() {
    LookResult result;
    if (!reachable()) {
        result.unreachable = true;
        result.text = "connection refused";
        return result;
    }
    Window& window = counts_kinds() ? anybody_ : all_;
    if (window.full(time_.world())) {
        ++over_limit_;
        result.http = 429;
        result.again = time_.now() + (window.end() - time_.world());
        return result;
    }
    window.count(time_.world());
    result.http = shows_page_ ? 200 : 401;
    result.sight = shows_page_ ? Sight::seen : Sight::closed;
    return result;
}

Timeline SimServer::page(Instant since) {
    Timeline page;
    static_cast<LookResult&>(page) = look();
    if (page.sight != Sight::seen)
        return page;
    if (time_.world() >= page_made_ + cache) {
        page_made_ = time_.world();
        page_had_ = statuses_.size();
    }
    page.ahead = time_.world() - time_.now();
    page.reaches_back = true;
    for (std::size_t i = page_had_; i-- > 0;) {
        if (page.statuses.size() == page_length) {
            page.reaches_back = statuses_[i + 1].created - *page.ahead < since;
            break;
        }
        if (!statuses_[i].deleted)
            page.statuses.push_back(as_seen(statuses_[i], name_));
    }
    trace_.say(name_, "shows its page with ", std::to_string(page.statuses.size()));
    return page;
}

StatusSight SimServer::shown(const std::string& id) {
    StatusSight sight;
    static_cast<LookResult&>(sight) = look();
    if (sight.sight != Sight::seen)
        return sight;
    if (const auto found = by_id_.find(id); found == by_id_.end() || statuses_[found->second].deleted)
        sight.sight = Sight::gone;
    else
        sight.status = as_seen(statuses_[found->second], name_);
    return sight;
}

} // namespace crier::sim
