#include "mastodon/rates.hpp"

#include <algorithm>
#include <charconv>

namespace crier::mastodon {
namespace {

/// No limit known lasts longer; a clock that is wrong by years must not stop an account for years.
constexpr Duration longest = std::chrono::hours{24};

/// A breath more than the server says: its clock and ours may differ by a second each way.
constexpr Duration margin = std::chrono::seconds{1};

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<int> count(std::string_view text) {
    const auto number = whole(text);
    if (!number || *number < 0)
        return std::nullopt;
    return static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000));
}

/// How long until the moment that the header names; nothing when it does not read.
std::optional<Duration> until_reset(std::string_view text, Instant server_now) {
    if (const auto moment = from_rfc3339(text))
        return *moment - server_now;
    const auto number = whole(text);
    if (!number || *number < 0)
        return std::nullopt;
    if (*number > 100'000'000'000) // milliseconds since the epoch
        return Instant{std::chrono::milliseconds{*number}} - server_now;
    if (*number > 1'000'000'000) // seconds since the epoch
        return Instant{std::chrono::seconds{*number}} - server_now;
    return std::chrono::seconds{*number};
}

Duration bounded(Duration wait) {
    return std::clamp<Duration>(wait, Duration::zero(), longest) + margin;
}

} // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    // Tue, 24 Nov 2026 09:00:00 GMT
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" || text[19] != ':' ||
        text[22] != ':')
        return std::nullopt;
    const auto month = months.find(text.substr(8, 3));
    const auto day = whole(text.substr(5, 2));
    const auto year = whole(text.substr(12, 4));
    const auto hour = whole(text.substr(17, 2));
    const auto minute = whole(text.substr(20, 2));
    const auto second = whole(text.substr(23, 2));
    if (month == std::string_view::npos || month % 3 != 0 || !day || !year || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return Instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

std::optional<Instant> server_date(const HttpResponse& response) {
    return parse_http_date(response.header("Date"));
}

RateNews read_rates(const HttpResponse& response, Instant now) {
    RateNews news;
    const Instant server_now = server_date(response).value_or(now);
    news.limit = count(response.header("X-RateLimit-Limit"));
    news.remaining = count(response.header("X-RateLimit-Remaining"));
    if (const auto wait = until_reset(response.header("X-RateLimit-Reset"), server_now))
        news.reset = now + bounded(*wait);
    const std::string_view after = response.header("Retry-After");
    if (const auto date = parse_http_date(after))
        news.retry_after = bounded(*date - server_now);
    else if (const auto seconds = whole(after); seconds && *seconds >= 0)
        news.retry_after = bounded(std::chrono::seconds{std::min<std::int64_t>(*seconds, 86400)});
    return news;
}

} // namespace crier::mastodon
