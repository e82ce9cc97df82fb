#include "engine/step_back.hpp"

#include "core/delivery/thread.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

constexpr Duration slack = std::chrono::minutes{1};

/// A try that was put off waits no longer than this: longer pauses are a limit's, which is kept elsewhere.
constexpr Duration longest_pause = std::chrono::minutes{15};

constexpr std::size_t changed_at_once = 500;

/// What was handed in while the clock stood in the future, to leave at once, is due now. A moment of the
/// schedule stays where it is, also when it fired too early.
void be_due_now(Post& post, Instant now) {
    const bool at_once = post.due <= post.created && post.origin.kind != OriginKind::entry;
    if (!at_once || post.due <= now)
        return;
    if (post.expires)
        *post.expires -= post.due - now;
    post.due = now;
}

/// Nothing when there is nothing to mend.
std::optional<Post> mended(Post post, Instant now) {
    const Instant before = post.next;
    const Instant due_before = post.due;
    be_due_now(post, now);
    if (delivery::lacks_parent(post)) // it waits for the part before it, and not for a time
        return post.due == due_before ? std::nullopt : std::optional{std::move(post)};
    switch (post.state) {
    case PostState::waiting:
    case PostState::ready:
        post.next = std::min(post.next, std::max(post.due, now));
        break;
    case PostState::retrying:
    case PostState::doubt:
    case PostState::uploading:
        post.next = std::min(post.next, std::max(post.due, now + longest_pause));
        break;
    default:
        break;
    }
    if (post.next == before)
        return std::nullopt;
    return post;
}

class SteppingBack {
public:
    SteppingBack(const Settings& settings, Store& store, Clock& clock, std::string account)
        : settings_(settings)
        , store_(store)
        , clock_(clock)
        , account_(std::move(account)) {}

    asio::awaitable<Result<>> run() {
        PostQuery tried;
        tried.states = {PostState::retrying, PostState::doubt, PostState::uploading};
        if (Result<> done = co_await each(std::move(tried)); !done)
            co_return done;
        PostQuery made;
        made.since = clock_.now() + slack;
        co_return co_await each(std::move(made));
    }

    [[nodiscard]] std::size_t moved() const noexcept { return moved_; }

private:
    asio::awaitable<Result<>> each(PostQuery query) {
        const Instant now = clock_.now();
        query.account = account_;
        query.next_after = now + slack;
        query.limit = 1'000'000; // in the whole time that the clock was wrong: few, or a bulk of somebody's
        Result<std::vector<Post>> posts = co_await store_.find(std::move(query));
        if (!posts)
            co_return posts.error();
        Batch batch;
        for (Post& post : *posts) {
            if (is_elsewhere(settings_, post.account))
                continue;
            if (std::optional<Post> changed = mended(std::move(post), now))
                batch.update.push_back(std::move(*changed));
            if (batch.update.size() == changed_at_once)
                if (Result<> written = co_await write(std::exchange(batch, Batch{})); !written)
                    co_return written;
        }
        co_return co_await write(std::move(batch));
    }

    asio::awaitable<Result<>> write(Batch batch) {
        if (batch.update.empty())
            co_return Result<>{};
        const std::size_t count = batch.update.size();
        batch.now = clock_.now();
        const Result<Applied> applied = co_await store_.apply(std::move(batch));
        if (!applied)
            co_return applied.error();
        moved_ += count;
        co_return Result<>{};
    }

    const Settings& settings_;
    Store& store_;
    Clock& clock_;
    std::string account_;
    std::size_t moved_ = 0;
};

} // namespace

Duration StepWatch::set_back() {
    const Duration now = offset();
    const Duration back = std::exchange(offset_, now) - now;
    return back > slack ? back : Duration{};
}

asio::awaitable<Result<>> heed_step_back(const Settings& settings, Store& store, Clock& clock, Log& log,
                                         std::string account) {
    SteppingBack stepping{settings, store, clock, std::move(account)};
    const Result<> done = co_await stepping.run();
    if (stepping.moved() > 0)
        log.warning("clock.set_back",
                    "the clock stood in the future: " +
                        text::counted(stepping.moved(), "post that waited for that time goes",
                                      "posts that waited for that time go") +
                        " on now");
    co_return done;
}

} // namespace crier::engine
