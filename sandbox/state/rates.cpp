#include "sandbox/state/rates.hpp"

#include <algorithm>

namespace crier::sandbox {
namespace {

constexpr std::size_t most_windows = 10'000;

std::int64_t window_number(Time now, std::chrono::seconds length) {
    return unix_seconds(now) / length.count();
}

RateView view(const RateLimit& limit, std::int64_t count, Time now) {
    const Time end{std::chrono::seconds{(window_number(now, limit.window) + 1) * limit.window.count()}};
    const auto part = now - std::chrono::floor<std::chrono::seconds>(now);
    return RateView{limit.limit, std::max<std::int64_t>(limit.limit - count, 0), end + part,
                    count > limit.limit};
}

std::string name_of(const RateLimit& limit, const std::string& key) {
    return limit.name + " " + key;
}

} // namespace

RateView RateWindows::count(const RateLimit& limit, const std::string& key, Time now) {
    if (windows_.size() >= most_windows)
        forget_old(now);
    Window& window = windows_[name_of(limit, key)];
    const std::int64_t number = window_number(now, limit.window);
    if (window.number != number || window.length != limit.window)
        window = Window{number, limit.window, 0};
    return view(limit, ++window.count, now);
}

RateView RateWindows::look(const RateLimit& limit, const std::string& key, Time now) const {
    const auto found = windows_.find(name_of(limit, key));
    const bool current = found != windows_.end() && found->second.number == window_number(now, limit.window);
    const std::int64_t count = current ? found->second.count : 0;
    RateView seen = view(limit, count, now);
    seen.exceeded = count >= limit.limit;
    return seen;
}

void RateWindows::forget_old(Time now) {
    std::erase_if(windows_, [&](const auto& entry) {
        return entry.second.number < window_number(now, entry.second.length);
    });
}

std::optional<RateView> tightest(const std::vector<RateView>& views) {
    const auto least = std::min_element(views.begin(), views.end(), [](const RateView& a, const RateView& b) {
        return a.remaining < b.remaining;
    });
    return least == views.end() ? std::nullopt : std::optional{*least};
}

} // namespace crier::sandbox
