#include "engine/trimmer.hpp"

#include "core/text/plain.hpp"
#include "engine/uploads.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

constexpr Duration every = std::chrono::hours{24};
/// Between two pieces.
constexpr Duration pause = std::chrono::milliseconds{200};

/// Delivery rule 20. An occurrence's key also outlives the longest time for which its entry makes up.
constexpr Duration occurrence_life = std::chrono::hours{24 * 90};
constexpr Duration item_life = std::chrono::hours{24 * 365 * 2};

constexpr Duration orphan_life = std::chrono::hours{1};

/// Of one `run --once`.
constexpr int pieces_at_once = 20;

/// A kept picture's name is its post's key, as far as that, and a number: engine/kept_media.
constexpr std::size_t key_digits = 24;
constexpr std::size_t all_digits = 64;

} // namespace

Trimmer::Trimmer(Configuration settings, World& world, std::function<bool()> may)
    : settings_(settings, *settings)
    , world_(world)
    , may_(std::move(may))
    , alarm_(world.clock.make_alarm()) {}

void Trimmer::follow(const Configuration& settings) {
    settings_.follow(settings, *settings);
    alarm_->ring();
}

void Trimmer::stop() {
    stopping_ = true;
    alarm_->ring();
}

TrimQuery Trimmer::query() const {
    TrimQuery query;
    query.now = world_.clock.now();
    query.posts_before = query.now - settings_->keep.posts;
    Duration within{};
    for (const EntrySettings& entry : settings_->schedule)
        within = std::max(within, entry.missed.within);
    query.occurrences = occurrence_life + within;
    query.items = item_life;
    query.stories = settings_->dedupe ? settings_->dedupe->within : Duration{};
    return query;
}

/// False: there is nothing more, or it cannot be done now.
asio::awaitable<bool> Trimmer::piece(TrimQuery& at) {
    TrimQuery now = at;
    const Result<Trimmed> done = co_await world_.store.trim(now);
    if (!done) {
        world_.log.warning("store.not_trimmed",
                           done.error().message + ": what is old stays until the next round",
                           {{"hint", done.error().hint}});
        co_return false;
    }
    posts_ += done->posts;
    items_ += done->items;
    at.after = done->after;
    at.after_id = done->after_id;
    co_return done->more;
}

/// Of posts that were cancelled, or that ended without their lane: the others' are gone already. A picture is
/// there a moment before its post, so that one without a post is let be for a while.
asio::awaitable<void> Trimmer::forget_pictures() {
    co_await forget_uploads(world_.media, world_.clock.now());
    const std::vector<MediaFetcher::Kept> kept = co_await world_.media.all_kept();
    for (const MediaFetcher::Kept& picture : kept) {
        const std::string digits = picture.name.substr(0, picture.name.find('-'));
        if (digits.size() != key_digits || stopping_)
            continue;
        const std::string rest(all_digits - key_digits, '0');
        PostQuery query;
        query.key_between = std::pair{Digest::from_hex(digits + rest),
                                      Digest::from_hex(digits + std::string(rest.size(), 'f'))};
        query.any_order = true;
        const Result<std::vector<Post>> posts = co_await world_.store.find(std::move(query));
        const bool fresh = picture.since > world_.clock.now() - orphan_life;
        if (posts && !(posts->empty() && fresh) &&
            std::all_of(posts->begin(), posts->end(), [](const Post& post) { return is_final(post.state); }))
            world_.media.forget(picture.file);
    }
}

void Trimmer::tell() {
    if (posts_ > 0 || items_ > 0)
        world_.log.info("store.trimmed",
                        "what has had its time is gone: " + text::counted(posts_, "post", "posts") + ", " +
                            text::counted(items_, "item", "items"));
    posts_ = items_ = 0;
}

/// Not of a dry run, whose store is a copy.
bool Trimmer::wanted() const {
    return std::any_of(settings_->accounts.begin(), settings_->accounts.end(),
                       [](const auto& account) { return account.second.mode != Mode::dry; });
}

void Trimmer::heed() {
    if (at_work_ || world_.clock.mono() >= next_)
        alarm_->ring();
}

asio::awaitable<void> Trimmer::round() {
    TrimQuery at = query();
    for (bool more = true; more && !stopping_;) {
        if (!may_()) {
            co_await alarm_->wait();
            continue;
        }
        more = co_await piece(at);
        if (more)
            co_await alarm_->wait_for(pause);
    }
    if (!stopping_)
        co_await forget_pictures();
    tell();
}

asio::awaitable<void> Trimmer::run() {
    while (!stopping_) {
        (void)settings_.take_up();
        if (!wanted() || world_.clock.mono() < next_ || !may_()) {
            co_await alarm_->wait();
            continue;
        }
        at_work_ = true;
        co_await round();
        at_work_ = false;
        next_ = world_.clock.mono() + every;
    }
}

asio::awaitable<void> Trimmer::some() {
    if (!wanted() || !may_())
        co_return;
    TrimQuery at = query();
    for (int i = 0; i < pieces_at_once && may_(); ++i)
        if (!co_await piece(at))
            break;
    co_await forget_pictures();
    tell();
}

} // namespace crier::engine
