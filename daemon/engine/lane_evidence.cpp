#include "core/ascii.hpp"
#include "core/delivery/evidence.hpp"
#include "engine/lane.hpp"

#include <algorithm>
#include <utility>

/// Looks at the server: for posts in doubt, and once at each published one.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Between two receipts: 60 in the five minutes in which a server answers 300 requests of nobody's.
constexpr Duration receipt_gap = std::chrono::seconds{5};

/// What one look may take: the account by either of two addresses, the first page, four further ones, an
/// attachment.
constexpr int most_look_ups = 3;
constexpr int most_further_pages = 4;
constexpr std::size_t page_length = 40;

/// As the budget hears of it.
Reply as_reply(const LookResult& result) {
    Reply reply{result.unreachable             ? Verdict::not_sent
                : result.http == 429           ? Verdict::limited
                : result.sight == Sight::later ? Verdict::unknown
                                               : Verdict::alive,
                result.http, result.text};
    reply.rate.reset = result.again;
    return reply;
}

} // namespace

rates::Needs needs_of_look() {
    return rates::Needs{}
        .add(rates::Call::look_up, most_look_ups)
        .add(rates::Call::page, most_further_pages)
        .add(rates::Call::media_state);
}

/// What was debited for looks and not made is given back; the rest is settled by how it went.
void Lane::count_looks(rates::Call call, int debited, int made, const LookResult& result) {
    budget_.give_back(call, debited - made);
    const Reply reply = as_reply(result);
    for (int i = 0; i < made; ++i)
        (void)heed(budget_.settle(call, reply), reply);
}

/// Which account the token posts to: what evidence is looked for under.
void Lane::learn_account(const PublishedStatus& status) {
    state_.handle = status.account_name;
    if (!status.application.empty() && status.application != state_.application) {
        state_.application = status.application;
        outbox_.add(state_);
    }
    const bool stranger = !settings_->handle.empty() && !ascii::same(status.account_name, settings_->handle);
    if (stranger || status.account_id.empty() || status.account_id == state_.account_id)
        return;
    state_.account_id = status.account_id;
    outbox_.add(state_);
}

/// The account's page since the first attempt in doubt. All that it may take is debited.
asio::awaitable<Timeline> Lane::read_page(const Post& post) {
    co_return co_await read_page_since(delivery::window_of(post, rules()).begin - delivery::clock_tolerance);
}

asio::awaitable<Timeline> Lane::read_page_since(Instant since) {
    int look_ups = 0;
    if (state_.account_id.empty()) {
        const AccountSight sight = co_await ports_.publisher->find_account(settings_->handle);
        look_ups = most_look_ups - 1;
        if (sight.sight != Sight::seen) {
            count_looks(rates::Call::look_up, most_look_ups, look_ups, sight);
            count_looks(rates::Call::page, most_further_pages, 0, sight);
            Timeline none;
            static_cast<LookResult&>(none) = static_cast<const LookResult&>(sight);
            co_return none;
        }
        state_.account_id = sight.id;
        outbox_.add(state_);
    }
    Timeline page = co_await ports_.publisher->timeline(state_.account_id, since);
    const std::size_t further = page.statuses.empty() ? 0 : (page.statuses.size() - 1) / page_length;
    // A page that came to nothing behind those that were read has left no trace: then all count.
    const bool whole = page.sight == Sight::seen && page.reaches_back;
    count_looks(rates::Call::look_up, most_look_ups, look_ups + 1, page);
    count_looks(rates::Call::page, most_further_pages,
                whole ? std::min(static_cast<int>(further), most_further_pages) : most_further_pages, page);
    co_return page;
}

/// The ids on the page that are other posts' of ours, of whatever account posts there with the same token;
/// nothing when the store does not say, for then another post's status would be taken for this one's.
asio::awaitable<std::optional<std::set<std::string>>> Lane::ours_among(const Timeline& page, PostId post) {
    PostQuery query;
    for (const SeenStatus& status : page.statuses)
        query.status_ids.push_back(status.id);
    query.limit = query.status_ids.size();
    std::set<std::string> ours;
    if (query.status_ids.empty())
        co_return ours;
    for (const std::string& account : budget_.same_token()) {
        query.account = account;
        const Result<std::vector<Post>> found = co_await world_.store.find(query);
        if (!found) {
            world_.log.error("store.failed", found.error().message,
                             {{"account", settings_->name}, {"hint", found.error().hint}});
            co_return std::nullopt;
        }
        for (const Post& other : *found)
            if (other.id != post)
                ours.insert(other.status_id);
    }
    co_return ours;
}

/// Records the look, looks, and settles what it says. False when it could not be recorded, and so was not
/// made, or came to nothing.
asio::awaitable<bool> Lane::look_for(Post& post) {
    // As an attempt is: a daemon that dies of a look does not look for ever.
    if (outbox_.has(post.id) && co_await outbox_.flush(&post) != OutboxWriter::Written::yes) {
        queue_.clear();
        co_return false;
    }
    outbox_.add(post, OutboxWriter::Kind::intent);
    const delivery::Rules by = rules();
    const bool reads_page = by.look && delivery::shown_to_all(post);
    const bool asks_media = delivery::media_would_tell(post, by, world_.clock.now());
    const LookResult not_made;
    const auto give_back = [&] {
        count_looks(rates::Call::look_up, reads_page ? most_look_ups : 0, 0, not_made);
        count_looks(rates::Call::page, reads_page ? most_further_pages : 0, 0, not_made);
        count_looks(rates::Call::media_state, asks_media ? 1 : 0, 0, not_made);
    };
    if (reads_page) {
        budget_.debit(rates::Call::look_up, most_look_ups);
        budget_.debit(rates::Call::page, most_further_pages);
    }
    if (asks_media)
        budget_.debit(rates::Call::media_state);
    keep_budget();
    if (co_await outbox_.flush(&post) != OutboxWriter::Written::yes) {
        give_back();
        queue_.clear();
        co_return false;
    }
    delivery::Sighting sighting;
    bool told = false;
    const Instant since = delivery::window_of(post, by).begin;
    if (reads_page) {
        sighting.timeline = co_await read_page(post);
        std::optional<std::set<std::string>> ours = co_await ours_among(*sighting.timeline, post.id);
        if (!ours) {
            if (asks_media)
                budget_.give_back(rates::Call::media_state);
            queue_.clear();
            co_return false;
        }
        sighting.ours = std::move(*ours);
        told = delivery::is_told(post, by, sighting);
    }
    if (asks_media && told) {
        budget_.give_back(rates::Call::media_state);
    } else if (asks_media) {
        sighting.media = co_await ports_.publisher->media_state(post.content.media.front().server_id);
        (void)heed(budget_.settle(rates::Call::media_state, *sighting.media), *sighting.media);
    }
    keep_budget();
    delivery::Settled settled = delivery::settle_look(std::move(post), sighting, by, world_.clock.now());
    post = std::move(settled.post);
    outbox_.add(post, post.state == PostState::published ? OutboxWriter::Kind::outcome
                                                         : OutboxWriter::Kind::intent);
    if (post.state == PostState::doubt)
        world_.log.info("post.looked",
                        "post " + std::to_string(post.id) + ", look " + std::to_string(post.looks) + ": " +
                            post.reason,
                        {{"account", settings_->name},
                         {"post", std::to_string(post.id)},
                         {"looks", std::to_string(post.looks)},
                         {"next", to_rfc3339(post.next)}});
    else
        finished(post);
    if (sighting.timeline)
        co_await note_foreign(*sighting.timeline, sighting.ours, since);
    co_return true;
}

asio::awaitable<StatusSight> Lane::read_status(std::string status_id) {
    budget_.debit(rates::Call::look_up);
    StatusSight sight = co_await ports_.publisher->status(status_id);
    count_looks(rates::Call::look_up, 1, 1, sight);
    keep_budget();
    co_return sight;
}

/// Does the server show this status to everybody? False: it does not, or does not say.
asio::awaitable<bool> Lane::is_seen(std::string status_id) {
    const rates::Turn turn = budget_.turn(rates::Needs{}.add(rates::Call::look_up), true);
    if (turn.when > world_.clock.now())
        co_return false;
    const StatusSight sight = co_await read_status(std::move(status_id));
    co_return sight.sight == Sight::seen;
}

/// The receipt: whether a published post can be seen as it was asked for. Costs no budget that posts need,
/// and comes when nothing else is to be done.
asio::awaitable<void> Lane::look_at(Post post) {
    const bool wanted = post.state == PostState::published && !post.status_id.empty() && rules().receipt;
    StatusSight sight;
    sieve_.moved();
    if (wanted) {
        const rates::Turn turn = budget_.turn_of_receipt();
        const Instant now = world_.clock.now();
        receipts_from_ = std::max(now + receipt_gap, turn.when);
        if (turn.when > now)
            co_return;
        sight = co_await read_status(post.status_id);
    }
    if (sight.sight == Sight::closed && wanted) {
        receipts_closed_ = true;
        world_.log.info("account.no_receipts",
                        settings_->server +
                            " does not show posts to those whom it does not know: no published "
                            "post is looked at any more (" +
                            sight.text + ")",
                        {{"account", settings_->name}});
    }
    post.receipt.reset();
    if (const auto note = delivery::receipt_note(post, sight); note && wanted) {
        post.code = ReasonCode::not_as_asked;
        post.reason = *note;
        world_.log.warning("post.not_as_asked",
                           "post " + std::to_string(post.id) + ": " + *note + ": " + post.status_url,
                           {{"account", settings_->name},
                            {"post", std::to_string(post.id)},
                            {"status_url", post.status_url}});
    }
    outbox_.add(post, OutboxWriter::Kind::intent);
}

} // namespace crier::engine
