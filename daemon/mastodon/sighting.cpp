#include "mastodon/sighting.hpp"

#include "core/ascii.hpp"
#include "mastodon/html.hpp"
#include "mastodon/json.hpp"
#include "mastodon/rates.hpp"
#include "mastodon/words.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <utility>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

/// What a cache may keep, by the longest that Mastodon's own headers allow while all is well (45 s).
constexpr Duration fresh = std::chrono::seconds{60};

/// A Date further back than clocks may differ is a copy's.
constexpr Duration clocks = std::chrono::minutes{5};

/// As much of a content as is compared; no server takes longer texts without being told to.
constexpr std::size_t longest_content = 256U << 10U;

std::optional<SeenStatus> seen_status(const json::value& value) {
    SeenStatus status;
    status.id = id_of(at(value, {"id"}));
    const json::value* content = at(value, {"content"});
    if (status.id.empty() || (content == nullptr && at(value, {"uri"}) == nullptr))
        return std::nullopt;
    status.url = text_of(at(value, {"url"}));
    if (status.url.empty())
        status.url = text_of(at(value, {"uri"}));
    status.account_id = id_of(at(value, {"account", "id"}));
    status.created = from_rfc3339(text_of(at(value, {"created_at"})));
    PlainText plain = plain_of_html(text_of(content).substr(0, longest_content));
    status.text = std::move(plain.text);
    status.links = std::move(plain.links);
    status.card = text_of(at(value, {"card", "url"}));
    status.spoiler_text = text_of(at(value, {"spoiler_text"}));
    status.visibility = text_of(at(value, {"visibility"}));
    status.in_reply_to = id_of(at(value, {"in_reply_to_id"}));
    status.application = text_of(at(value, {"application", "name"}));
    if (const json::value* media = at(value, {"media_attachments"}); media != nullptr && media->is_array())
        for (const json::value& one : media->get_array())
            status.media.push_back(id_of(at(one, {"id"})));
    const json::value* boosted = at(value, {"reblog"});
    status.boost = boosted != nullptr && boosted->is_object();
    return status;
}

/// One cache says "STALE", another "UPDATING", a third "Akamai; fwd=stale".
bool says_stale(const HttpResponse& response) {
    for (const std::string_view name :
         {"X-Cached", "X-Cache", "X-Cache-Status", "X-Proxy-Cache", "CF-Cache-Status", "Cache-Status"}) {
        const std::string text = ascii::lower(response.header(name));
        if (text.find("stale") != std::string::npos || text.find("updating") != std::string::npos)
            return true;
    }
    const std::string_view warning = response.header("Warning"); // RFC 7234: 110 stale, 111 not revalidated
    return warning.starts_with("110") || warning.starts_with("111");
}

std::optional<Duration> age_of(const HttpResponse& response) {
    const std::string_view text = response.header("Age");
    std::int64_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || read.ec != std::errc{} || seconds < 0 || seconds > 1'000'000'000)
        return std::nullopt;
    return std::chrono::seconds{seconds};
}

} // namespace

std::optional<std::string> read_account(std::string_view body, std::string_view handle) {
    const auto value = parse_json(body);
    if (!value)
        return std::nullopt;
    std::string id = id_of(at(*value, {"id"}));
    std::string name = text_of(at(*value, {"acct"}));
    if (name.empty())
        name = text_of(at(*value, {"username"}));
    if (id.empty() || !ascii::same(std::string_view{name}.substr(0, name.find('@')), handle))
        return std::nullopt;
    return id;
}

std::optional<SeenStatus> read_seen_status(std::string_view body) {
    const auto value = parse_json(body);
    return value ? seen_status(*value) : std::nullopt;
}

std::optional<SeenList> read_seen_list(std::string_view body) {
    const auto value = parse_json(body);
    if (!value || !value->is_array())
        return std::nullopt;
    SeenList list;
    for (const json::value& one : value->get_array()) {
        if (auto status = seen_status(one))
            list.statuses.push_back(std::move(*status));
        else
            list.whole = false;
    }
    return list;
}

bool is_stale(const HttpResponse& response, Instant now) {
    const auto date = server_date(response);
    return age_of(response).value_or(Duration::zero()) > fresh || (date && *date < now - clocks) ||
           says_stale(response);
}

std::optional<Duration> clock_ahead(const HttpResponse& response, Instant now) {
    const auto date = server_date(response);
    if (!date || age_of(response).value_or(Duration::zero()) > Duration::zero())
        return std::nullopt;
    return *date - now;
}

LookResult look_of(const HttpResponse& response, Instant now) {
    LookResult look;
    look.http = response.status;
    if (response.status == 200) {
        look.sight = Sight::seen;
        return look;
    }
    const ServerWords words = read_words(response);
    look.text = std::to_string(response.status) + (words.text.empty() ? "" : " " + words.text);
    const bool absent = response.status == 404 || response.status == 410;
    if (absent && words.by_api)
        look.sight = Sight::gone;
    else if (response.status >= 300 && response.status < 500 && response.status != 408 &&
             response.status != 425 && response.status != 429)
        look.sight = Sight::closed;
    const RateNews rate = read_rates(response, now);
    if (response.status == 429 || rate.retry_after)
        look.again = std::max(rate.reset.value_or(now), rate.retry_after ? now + *rate.retry_after : now);
    return look;
}

LookResult look_of(const HttpFailure& failure) {
    LookResult look;
    look.unreachable = !failure.sent_whole;
    look.text = bounded_line(failure.failure.message);
    return look;
}

} // namespace crier::mastodon
