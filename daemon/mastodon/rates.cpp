#include "mastodon/rates.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace crier::mastodon {
namespace {

/// No limit known lasts longer; a clock that is wrong by years must not stop an account for years.
constexpr Duration longest = std::chrono::hours{24};

/// A breath more than the server says: its clock and ours may differ by a second each way.
constexpr Duration margin = std::chrono::seconds{1};

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// "30", and "29.7" rounded up: some proxies write fractions.
std::optional<std::int64_t> whole_seconds(std::string_view text) {
    const auto point = text.find('.');
    if (point == std::string_view::npos)
        return whole(text);
    const auto number = whole(text.substr(0, point));
    if (!number || !whole(text.substr(point + 1)))
        return std::nullopt;
    return std::min(*number, std::numeric_limits<std::int64_t>::max() - 1) + 1;
}

std::optional<int> count(std::string_view text) {
    const auto number = whole(text);
    if (!number)
        return std::nullopt;
    return static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000));
}

constexpr std::int64_t least_epoch_seconds = 1'000'000'000;  // 2001; below: seconds from now
constexpr std::int64_t least_epoch_millis = 100'000'000'000; // 1973; below: seconds, up to the year 5138
constexpr std::int64_t nonsense = 100'000'000'000'000;       // the year 5138 in milliseconds

/// How long until the moment that the header names; nothing when it does not read.
std::optional<Duration> until_reset(std::string_view text, Instant server_now) {
    if (const auto moment = from_rfc3339(text))
        return *moment - server_now;
    const auto number = whole_seconds(text);
    if (!number || *number > nonsense)
        return std::nullopt;
    if (*number > least_epoch_millis)
        return Instant{std::chrono::milliseconds{*number}} - server_now;
    if (*number > least_epoch_seconds)
        return Instant{std::chrono::seconds{*number}} - server_now;
    return std::chrono::seconds{*number};
}

std::optional<Duration> until_retry(std::string_view text, Instant server_now) {
    if (const auto date = from_http_date(text))
        return *date - server_now;
    if (const auto seconds = whole_seconds(text))
        return std::chrono::seconds{std::min(*seconds, nonsense / 1000)};
    return std::nullopt;
}

/// What the headers of one reply ask for, before bounds.
struct Asked {
    std::optional<Duration> reset;
    std::optional<Duration> retry;
};

Asked asked(const HttpResponse& response, Instant now) {
    const Instant server_now = server_date(response).value_or(now);
    Asked waits;
    waits.reset = until_reset(response.header("X-RateLimit-Reset"), server_now);
    waits.retry = until_retry(response.header("Retry-After"), server_now);
    return waits;
}

/// Nothing when it is over already.
std::optional<Duration> ahead(std::optional<Duration> wait) {
    if (!wait || *wait <= Duration::zero())
        return std::nullopt;
    return std::min<Duration>(*wait, longest) + margin;
}

} // namespace

std::optional<Instant> server_date(const HttpResponse& response) {
    return from_http_date(response.header("Date"));
}

RateNews read_rates(const HttpResponse& response, Instant now) {
    RateNews news;
    news.limit = count(response.header("X-RateLimit-Limit"));
    news.remaining = count(response.header("X-RateLimit-Remaining"));
    const Asked waits = asked(response, now);
    if (const auto reset = ahead(waits.reset))
        news.reset = now + *reset;
    news.retry_after = ahead(waits.retry);
    return news;
}

std::string rate_note(const HttpResponse& response, Instant now) {
    const Asked waits = asked(response, now);
    if (waits.reset.value_or(Duration::zero()) <= longest &&
        waits.retry.value_or(Duration::zero()) <= longest)
        return {};
    return "the server asks for a pause of more than a day; crier looks again after one";
}

} // namespace crier::mastodon
