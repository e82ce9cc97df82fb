#include "bench/world.hpp"
#include "engine/profile_text.hpp"
#include "ports/store.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <utility>

namespace crier::bench {

namespace asio = boost::asio;

namespace {

constexpr std::size_t posts_at_once = 2000;
constexpr std::size_t states_at_once = 1000;
constexpr Duration day = std::chrono::hours{24};

std::string server_of(const World& world, std::size_t number) {
    return "http://127.0.0.1:" + std::to_string(world.port + number % world.servers);
}

class Maker {
public:
    Maker(const World& world, Instant now)
        : world_(world)
        , now_(now)
        , random_(world.seed) {
        ServerProfile profile;
        profile.software = "mastodon";
        profile.version = "4.3.1";
        profile_ = engine::profile_to_text(profile);
    }

    Batch accounts(std::size_t from) {
        Batch batch;
        batch.now = now_;
        for (std::size_t i = from; i < std::min(world_.accounts, from + states_at_once); ++i) {
            AccountState state;
            state.account = "a" + std::to_string(i);
            state.server = server_of(world_, i);
            state.profile = profile_;
            state.handle = state.account + "@127.0.0.1";
            state.account_id = std::to_string(100'000 + i);
            state.application = "crier";
            state.since = now_ - 90 * day;
            state.last_published = now_ - within(day);
            batch.accounts.push_back(std::move(state));
        }
        return batch;
    }

    Batch feeds(std::size_t from) {
        Batch batch;
        batch.now = now_;
        for (std::size_t i = from; i < std::min(world_.feeds, from + states_at_once); ++i) {
            SourceState state;
            state.source = "feed-" + std::to_string(i);
            state.last_poll = now_ - within(std::chrono::hours{12});
            state.last_success = state.last_poll;
            state.next_poll = state.last_poll + day;
            state.note = "nothing new";
            SourceAccount account;
            account.source = state.source;
            account.account = "a" + std::to_string(i % world_.accounts);
            account.since = now_ - 90 * day;
            batch.sources.push_back(std::move(state));
            batch.source_accounts.push_back(std::move(account));
        }
        return batch;
    }

    Batch posts(std::size_t from) {
        Batch batch;
        batch.now = now_;
        for (std::size_t i = from; i < std::min(world_.posts, from + posts_at_once); ++i)
            add_post(batch, i);
        return batch;
    }

private:
    Duration within(Duration length) {
        return Duration{static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(length.count()))};
    }

    /// Half of them come of feeds, as far as there are any, the others of entries.
    Origin origin_of(std::size_t number, Instant due) const {
        Origin origin;
        if (world_.feeds > 0 && (number % 2 == 0 || world_.entries == 0)) {
            origin.kind = OriginKind::source;
            origin.name = "feed-" + std::to_string(number / 2 % world_.feeds);
            origin.item = "https://example.org/articles/" + std::to_string(number);
        } else if (world_.entries > 0) {
            origin.kind = OriginKind::entry;
            origin.name = "entry-" + std::to_string(1'000'000 + number / 2 % world_.entries).substr(1);
            origin.item = to_rfc3339(due);
        } else {
            origin.item = "manual " + std::to_string(number);
        }
        return origin;
    }

    void add_post(Batch& batch, std::size_t number) {
        Post post;
        const Duration age = 90 * day * static_cast<std::int64_t>(world_.posts - number) /
                             static_cast<std::int64_t>(world_.posts);
        post.created = now_ - age;
        post.due = post.created + within(std::chrono::minutes{5});
        post.account = "a" + std::to_string(number / 2 % world_.accounts);
        post.origin = origin_of(number, post.due);
        post.priority = post.origin.kind == OriginKind::entry ? Priority::scheduled : Priority::item;
        post.key = post_key("127.0.0.1", post.account, post.origin, static_cast<int>(number));
        post.content.status = "Article number " + std::to_string(number) +
                              ": what is said of it in the feed, in one sentence of some length. "
                              "https://example.org/articles/" +
                              std::to_string(number);
        post.content.language = "en";
        post.next = post.due;
        settle(post, number);
        if (post.state == PostState::published)
            note_attempt(batch, post);
        if (post.origin.kind == OriginKind::source)
            note_item(batch, post);
        batch.insert.push_back(std::move(post));
    }

    /// Of a hundred: 97 are published, one has failed or is cancelled, two wait (for a time in half a year; a
    /// tenth of them for a person).
    void settle(Post& post, std::size_t number) {
        const std::size_t part = random_() % 1000;
        if (part < 970) {
            post.state = PostState::published;
            post.attempts = 1;
            post.last_attempt = post.due + within(std::chrono::seconds{2});
            post.status_id = std::to_string(110'000'000'000 + number);
            post.status_url = "https://example.org/@bot/" + post.status_id;
            post.key_since = post.first_attempt = post.last_attempt;
        } else if (part < 980) {
            post.state = part % 2 == 0 ? PostState::failed : PostState::cancelled;
            post.code = part % 2 == 0 ? ReasonCode::refused : ReasonCode::person;
            post.reason = "the server refuses it: 422 Validation failed";
        } else if (post.origin.kind == OriginKind::entry) { // its rule would cancel one that it does not have
            post.state = PostState::expired;
            post.code = ReasonCode::missed;
        } else if (part < 996) {
            post.state = PostState::waiting;
            post.due = post.next = now_ + 150 * day + within(30 * day);
        } else {
            post.state = PostState::held;
            post.code = ReasonCode::approval;
            post.reason = "a person is to approve it";
        }
    }

    static void note_attempt(Batch& batch, const Post& post) {
        Belongings of;
        of.place = batch.insert.size();
        Attempt attempt;
        attempt.number = 1;
        attempt.started = *post.last_attempt;
        attempt.key = wire_key(post.key, 0);
        attempt.finished = *post.last_attempt + std::chrono::milliseconds{120};
        attempt.http = 200;
        attempt.outcome = "published";
        of.attempts.push_back(std::move(attempt));
        batch.belongings.push_back(std::move(of));
    }

    static void note_item(Batch& batch, const Post& post) {
        SeenItem item;
        item.source = post.origin.name;
        item.account = post.account;
        item.item = item.link = post.key;
        item.title = "Article of " + post.origin.item;
        item.address = post.origin.item;
        item.verdict = "posted";
        item.seen = item.shown = post.created;
        batch.seen.push_back(std::move(item));
    }

    const World& world_;
    Instant now_;
    std::mt19937_64 random_;
    std::string profile_;
};

asio::awaitable<void> fill(Store& store, const World& world, Instant now) {
    Maker maker{world, now};
    const auto write = [&store](Batch batch) -> asio::awaitable<void> {
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (!applied)
            throw std::runtime_error(applied.error().message);
        if (std::count(applied->inserted.begin(), applied->inserted.end(), PostId{}) != 0)
            throw std::runtime_error("two posts of the world have one key");
    };
    for (std::size_t i = 0; i < world.accounts; i += states_at_once) {
        Batch batch = maker.accounts(i);
        co_await write(std::move(batch));
    }
    for (std::size_t i = 0; i < world.feeds; i += states_at_once) {
        Batch batch = maker.feeds(i);
        co_await write(std::move(batch));
    }
    for (std::size_t i = 0; i < world.posts; i += posts_at_once) {
        Batch batch = maker.posts(i);
        co_await write(std::move(batch));
    }
}

} // namespace

void write_store(const std::string& directory, const World& world) {
    asio::io_context context{1};
    store::SqliteOptions options;
    options.path = directory + "/crier.db";
    const Result<store::OpenedStore> opened = store::open_sqlite(context.get_executor(), options);
    if (!opened)
        throw std::runtime_error(opened.error().message);
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    auto filled = asio::co_spawn(context, fill(*opened->store, world, now), asio::use_future);
    context.run();
    filled.get();
}

} // namespace crier::bench
