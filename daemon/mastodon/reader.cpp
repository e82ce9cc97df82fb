#include "mastodon/reader.hpp"

#include "core/text/plain.hpp"
#include "mastodon/request.hpp"
#include "mastodon/sighting.hpp"
#include "mastodon/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace crier::mastodon {

namespace asio = boost::asio;

namespace {

/// Mastodon's most for a page; 200 statuses are hours of the busiest account that crier makes.
constexpr int page_length = 40;
constexpr int most_pages = 5;

/// A look says what it says of; what came with it is taken over.
template <class Kind>
Kind seen_as(LookResult look) {
    Kind sight;
    static_cast<LookResult&>(sight) = std::move(look);
    return sight;
}

template <class Kind>
Kind unreadable(const HttpResponse& response) {
    Kind sight;
    sight.sight = Sight::closed;
    sight.http = response.status;
    sight.text = "an answer without what was asked for";
    return sight;
}

} // namespace

Reader::Reader(const AccountSettings& account, HttpClient& http, Clock& clock, TokenSource* evidence)
    : account_(account)
    , http_(http)
    , clock_(clock)
    , evidence_(evidence) {}

asio::awaitable<HttpResult> Reader::get(std::string path) {
    std::optional<Secret> token;
    if (evidence_ != nullptr)
        if (Result<Secret> read = evidence_->read())
            token = std::move(*read);
    while (true) {
        HttpRequest request = get_request(account_.server, path);
        request.timeout = account_.delivery.timeout;
        request.connect_timeout = std::min(request.connect_timeout, request.timeout);
        if (token)
            request.bearer = token->clone();
        HttpResult result = co_await http_.send(std::move(request));
        if (!token)
            co_return result;
        if (result && result->status >= 300)
            strike_out(result->body, token->reveal());
        if (!result || (result->status != 401 && result->status != 403))
            co_return result;
        token.reset();
    }
}

asio::awaitable<AccountSight> Reader::find_account(std::string handle) {
    const std::string name = text::url_encode(handle);
    AccountSight sight;
    // Pleroma's family, and servers of before 3.4, know no look-up; some take a name for a number.
    const std::array<std::string, 2> paths{"/api/v1/accounts/lookup?acct=" + name,
                                           "/api/v1/accounts/" + name};
    for (const std::string& path : paths) {
        const HttpResult result = co_await get(path);
        if (!result)
            co_return seen_as<AccountSight>(look_of(result.error()));
        sight = seen_as<AccountSight>(look_of(*result, clock_.now()));
        if (sight.sight == Sight::later)
            co_return sight;
        if (sight.sight != Sight::seen)
            continue;
        if (auto id = read_account(result->body, handle)) {
            sight.id = std::move(*id);
            co_return sight;
        }
        sight = unreadable<AccountSight>(*result);
    }
    co_return sight;
}

asio::awaitable<Timeline> Reader::page(std::string account_id, std::string before) {
    std::string address = "/api/v1/accounts/" + text::url_encode(account_id) +
                          "/statuses?exclude_reblogs=true&limit=" + std::to_string(page_length);
    if (!before.empty())
        address += "&max_id=" + text::url_encode(before);
    const HttpResult result = co_await get(std::move(address));
    if (!result)
        co_return seen_as<Timeline>(look_of(result.error()));
    const Instant now = clock_.now();
    Timeline page = seen_as<Timeline>(look_of(*result, now));
    if (page.sight != Sight::seen)
        co_return page;
    auto list = read_seen_list(result->body);
    if (!list)
        co_return unreadable<Timeline>(*result);
    page.stale = is_stale(*result, now) || !list->whole;
    page.ahead = clock_ahead(*result, now);
    page.statuses = std::move(list->statuses);
    page.reaches_back = page.statuses.empty();
    co_return page;
}

asio::awaitable<Timeline> Reader::timeline(std::string account_id, Instant since) {
    Timeline timeline = co_await page(account_id, {});
    for (int pages = 1; timeline.sight == Sight::seen; ++pages) {
        const Duration ahead = timeline.ahead.value_or(Duration::zero());
        for (const SeenStatus& status : timeline.statuses)
            timeline.reaches_back =
                timeline.reaches_back || (status.created && *status.created - ahead < since);
        if (timeline.reaches_back || pages == most_pages)
            break;
        std::string before = timeline.statuses.back().id;
        Timeline next = co_await page(account_id, std::move(before));
        // A page that cannot be had ends the list; one that may be had later is waited for, as a whole.
        if (next.sight == Sight::later)
            co_return next;
        if (next.sight != Sight::seen)
            break;
        timeline.stale = timeline.stale || next.stale;
        timeline.reaches_back = next.reaches_back;
        if (!timeline.ahead)
            timeline.ahead = next.ahead;
        std::move(next.statuses.begin(), next.statuses.end(), std::back_inserter(timeline.statuses));
    }
    co_return timeline;
}

asio::awaitable<StatusSight> Reader::status(std::string id) {
    std::string address = "/api/v1/statuses/" + text::url_encode(id);
    const HttpResult result = co_await get(std::move(address));
    if (!result)
        co_return seen_as<StatusSight>(look_of(result.error()));
    StatusSight sight = seen_as<StatusSight>(look_of(*result, clock_.now()));
    if (sight.sight != Sight::seen)
        co_return sight;
    auto status = read_seen_status(result->body);
    if (!status)
        co_return unreadable<StatusSight>(*result);
    sight.status = std::move(*status);
    co_return sight;
}

} // namespace crier::mastodon
