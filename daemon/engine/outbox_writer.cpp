#include "engine/outbox_writer.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

OutboxWriter::OutboxWriter(Store& store, Clock& clock, Log& log, Alarm& alarm, std::string account)
    : store_(store)
    , clock_(clock)
    , log_(log)
    , alarm_(alarm)
    , account_(std::move(account)) {}

void OutboxWriter::add(const Post& post, Kind kind, std::optional<Attempt> attempt) {
    auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.post.id == post.id; });
    if (row == rows_.end())
        row = rows_.emplace(rows_.end());
    row->post = post;
    for (Media& media : row->post.content.media)
        if (!media.url.empty())
            media.file.clear(); // a download is in hand only; the same address gives the same file again
    // An outcome stays an outcome: what has happened is not undone by what is meant next.
    if (row->kind != Kind::outcome)
        row->kind = kind;
    if (!attempt)
        return;
    auto known = std::find_if(row->attempts.begin(), row->attempts.end(),
                              [&](const Attempt& a) { return a.number == attempt->number; });
    if (known == row->attempts.end())
        row->attempts.push_back(std::move(*attempt));
    else
        *known = std::move(*attempt);
}

bool OutboxWriter::has(PostId id) const noexcept {
    return std::any_of(rows_.begin(), rows_.end(), [id](const Row& row) { return row.post.id == id; });
}

bool OutboxWriter::has_outcome(PostId id) const noexcept {
    return std::any_of(rows_.begin(), rows_.end(),
                       [id](const Row& row) { return row.post.id == id && row.kind == Kind::outcome; });
}

void OutboxWriter::forget(PostId id) {
    std::erase_if(rows_, [id](const Row& row) { return row.post.id == id; });
}

/// The first so many rows, and the account's.
Batch OutboxWriter::batch(std::size_t rows) const {
    Batch batch;
    batch.now = clock_.now();
    batch.update.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const Row& row = rows_[i];
        batch.update.push_back(row.post);
        batch.attempts.insert(batch.attempts.end(), row.attempts.begin(), row.attempts.end());
    }
    // With the last of them: an edit that the store has for made while its post has it not is not made again.
    if (rows == rows_.size())
        batch.amended = amended_;
    if (state_ != nullptr)
        batch.accounts.push_back(*state_);
    return batch;
}

/// Nothing when it is durable, Cause::conflict, or Cause::cancelled when it was given up.
asio::awaitable<std::optional<Cause>> OutboxWriter::write(std::size_t rows) {
    Duration pause = std::chrono::seconds{1};
    for (int tries = 0;; ++tries) {
        Batch all = batch(rows);
        const Result<Applied> applied = co_await store_.apply(std::move(all));
        if (applied) {
            trouble_.clear();
            if (tries > 0) {
                log_.info("store.recovered", "the store can be written again", {{"account", account_}});
                if (on_trouble)
                    on_trouble(nullptr);
            }
            co_return std::nullopt;
        }
        if (applied.error().cause == Cause::conflict)
            co_return Cause::conflict;
        if (applied.error().cause == Cause::fenced) {
            tell_fenced();
            co_return Cause::cancelled;
        }
        trouble_ = applied.error().message;
        const Failure failure = applied.error();
        if (on_trouble)
            on_trouble(&failure);
        if (tries == 0)
            log_.error("store.failed", applied.error().message + ": nothing is sent until it can be recorded",
                       {{"account", account_}, {"hint", applied.error().hint}});
        if (stopping_ && tries >= 3)
            co_return Cause::cancelled;
        co_await alarm_.wait_for(pause);
        pause = std::min<Duration>(pause * 2, std::chrono::seconds{30});
    }
}

/// What has happened is not lost: whoever has the account now finds the attempt without an outcome, and asks
/// the server for it.
void OutboxWriter::tell_fenced() {
    if (std::exchange(fenced_, true))
        return;
    for (const Row& row : rows_)
        if (row.kind == Kind::outcome)
            log_.warning(
                "outbox.fenced",
                "post " + std::to_string(row.post.id) + " is " + std::string{to_text(row.post.state)} +
                    ", and that could not be recorded, for another daemon has taken the account over: it "
                    "finds out by itself",
                {{"account", account_},
                 {"post", std::to_string(row.post.id)},
                 {"status_url", row.post.status_url}});
}

asio::awaitable<OutboxWriter::Written> OutboxWriter::flush(Post* in_hand) {
    if (empty())
        co_return Written::yes;
    if (fenced_)
        co_return Written::stopped;
    const std::optional<Cause> trouble = co_await write(rows_.size());
    if (trouble == Cause::conflict)
        co_return co_await one_by_one(in_hand);
    if (trouble)
        co_return Written::stopped;
    if (in_hand != nullptr && has(in_hand->id))
        ++in_hand->version;
    rows_.clear();
    amended_.clear();
    state_ = nullptr;
    co_return Written::yes;
}

namespace {

/// What a person asked of it while the request was on its way is no part of the outcome.
void keep_orders(Post& outcome, const Post& now) {
    if (now.edited)
        outcome.edited = now.edited;
    if (now.undone)
        outcome.undone = now.undone;
    if (now.state == PostState::published) {
        outcome.content.pin = now.content.pin;
        outcome.pin_next = now.pin_next;
    }
}

} // namespace

/// Takes over the version of the row as it is now.
asio::awaitable<OutboxWriter::Rebased> OutboxWriter::rebase(Row& row) {
    for (int tries = 0;; ++tries) {
        PostQuery query;
        query.id = row.post.id;
        const Result<std::vector<Post>> found = co_await store_.find(std::move(query));
        if (found && found->empty())
            co_return Rebased::no_such_row;
        if (found) {
            row.post.version = found->front().version;
            keep_orders(row.post, found->front());
            co_return Rebased::yes;
        }
        // A store that cannot be read has not lost the row.
        if (stopping_ && tries >= 3)
            co_return Rebased::stopped;
        co_await alarm_.wait_for(std::chrono::seconds{1});
    }
}

asio::awaitable<OutboxWriter::Written> OutboxWriter::one_by_one(Post* in_hand) {
    Written written = Written::yes;
    while (!empty()) {
        const std::optional<Cause> trouble = co_await write(std::min<std::size_t>(rows_.size(), 1));
        if (trouble && trouble != Cause::conflict)
            co_return Written::stopped;
        if (!trouble) {
            state_ = nullptr;
            if (rows_.size() <= 1)
                amended_.clear();
            if (!rows_.empty()) {
                if (in_hand != nullptr && rows_.front().post.id == in_hand->id)
                    ++in_hand->version;
                rows_.erase(rows_.begin());
            }
            continue;
        }
        Row& row = rows_.front();
        if (row.kind == Kind::outcome) {
            const Rebased rebased = co_await rebase(row);
            if (rebased == Rebased::stopped)
                co_return Written::stopped;
            if (rebased == Rebased::yes)
                continue;
            log_.error("outbox.row_lost",
                       "post " + std::to_string(row.post.id) + " is no longer in the store",
                       {{"account", account_},
                        {"post", std::to_string(row.post.id)},
                        {"status_url", row.post.status_url}});
        } else if (in_hand == nullptr || row.post.id == in_hand->id) {
            written = Written::conflict;
        }
        rows_.erase(rows_.begin());
    }
    co_return written;
}

} // namespace crier::engine
