#include "plugin/feed_answer.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace crier::plugin {

namespace {

constexpr std::int64_t longest_age = 3600;

std::optional<std::int64_t> number_at_start(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || value < 0)
        return std::nullopt;
    return value;
}

} // namespace

Failure status_failure(std::string_view url, int status) {
    const std::string what = std::string{url} + " answers " + std::to_string(status);
    switch (status) {
    case 401:
    case 403:
        return Failure{Cause::server, what + ": it does not let everybody read",
                       "open the address in a private window: a source needs one that works there"};
    case 404:
        return Failure{
            Cause::server, what + ": there is nothing",
            "look for the feed's new address and put it into the source's `url`; what was seen is kept"};
    case 406:
        return Failure{Cause::server, what + ": it has no such format",
                       "the address must lead to RSS, Atom or JSON Feed"};
    case 429:
        return Failure{Cause::server, what + ": it is asked too often", "give the source a longer `poll`"};
    default:
        break;
    }
    if (status >= 500)
        return Failure{Cause::server, what + ": its server is in trouble"};
    if (status >= 300 && status < 400)
        return Failure{Cause::server, what + ": it leads nowhere that may be followed",
                       "open the address in a browser and put where it ends into the source's `url`"};
    return Failure{Cause::server, what};
}

std::optional<Duration> asked_wait(const HttpResponse& response, Instant now) {
    if (const std::string_view after = response.header("Retry-After"); !after.empty()) {
        if (const auto seconds = number_at_start(after))
            return std::chrono::seconds{std::min<std::int64_t>(*seconds, std::int64_t{366} * 86400)};
        // A date is meant by the server's own clock.
        const auto until = from_http_date(after);
        const auto date = from_http_date(response.header("Date"));
        if (until)
            return std::max<Duration>(*until - date.value_or(now), Duration{});
    }
    const std::string control = ascii::lower(response.header("Cache-Control"));
    const auto at = control.find("max-age=");
    if (at == std::string::npos)
        return std::nullopt;
    const auto seconds = number_at_start(std::string_view{control}.substr(at + 8));
    if (!seconds || *seconds == 0)
        return std::nullopt;
    return std::chrono::seconds{std::min(*seconds, longest_age)};
}

} // namespace crier::plugin
