#include "mastodon/look_back.hpp"

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <utility>

namespace crier::mastodon {

namespace asio = boost::asio;

namespace {

/// A page, where a limit is waited out once if it is short.
asio::awaitable<Timeline> patient_page(Reader& reader, Clock& clock, Alarm& alarm, std::string account_id,
                                       std::string before, Duration patience, bool& waited) {
    Timeline page = co_await reader.page(account_id, before);
    const Instant now = clock.now();
    if (page.sight == Sight::later && page.again && *page.again - now <= patience && !waited) {
        waited = true;
        co_await alarm.wait_for(std::max(*page.again - now, Duration::zero()));
        page = co_await reader.page(account_id, before);
    }
    co_return page;
}

} // namespace

asio::awaitable<LookBack> look_back(Reader& reader, Clock& clock, std::string account_id,
                                    std::optional<Instant> since, LookBackLimits limits,
                                    std::function<void(const LookBack&)> progress) {
    LookBack back;
    std::unordered_set<std::string> known;
    std::string before;
    bool waited = false;
    const std::unique_ptr<Alarm> alarm = clock.make_alarm();
    while (!back.reached) {
        if (back.pages == static_cast<std::size_t>(limits.pages)) {
            back.why = "as many pages as are read at once";
            co_return back;
        }
        if (back.pages > 0)
            co_await alarm->wait_for(limits.pause);
        Timeline page =
            co_await patient_page(reader, clock, *alarm, account_id, before, limits.patience, waited);
        if (page.sight != Sight::seen) {
            back.why = page.text;
            back.failed = static_cast<const LookResult&>(page);
            co_return back;
        }
        ++back.pages;
        back.reached = page.reaches_back;
        bool anything_new = back.reached;
        for (SeenStatus& status : page.statuses) {
            if (!known.insert(status.id).second)
                continue;
            anything_new = true;
            before = status.id;
            const Duration ahead = page.ahead.value_or(Duration::zero());
            if (status.created)
                back.oldest = std::min(back.oldest.value_or(*status.created), *status.created);
            const bool too_old = since && status.created && *status.created - ahead < *since;
            back.reached = back.reached || too_old;
            if (!too_old && !status.boost)
                back.statuses.push_back(std::move(status));
        }
        if (progress)
            progress(back);
        if (!anything_new) {
            back.why = "the server shows the same page again";
            co_return back;
        }
    }
    co_return back;
}

} // namespace crier::mastodon
