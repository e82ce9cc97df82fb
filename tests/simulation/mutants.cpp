#include "simulation/mutants.hpp"

#include "simulation/agenda_mutants.hpp"
#include "simulation/through.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

namespace {

constexpr std::array<std::string_view, mutant_count> mutant_names{
    "none",           "late-attempt",  "new-key",      "forgotten-rate", "replay-failed",
    "seen-apart",     "no-quiet",      "early-answer", "late-debit",     "reupload",
    "old-proof",      "counter-apart", "mark-first",   "mark-last",      "settled-early",
    "refused-posted", "edit-unasked",  "no-reply",     "parts-left"};

/// Keeps the record of an attempt in memory until the next thing is written.
class LateAttempt final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (!late_.empty()) {
            Batch first = std::exchange(late_, Batch{});
            (void)co_await store_.apply(std::move(first));
        }
        for (const Attempt& attempt : batch.attempts)
            if (!attempt.finished) {
                late_.attempts.push_back(attempt);
                for (const Post& post : batch.update)
                    if (post.id == attempt.post)
                        late_.update.push_back(post);
            }
        if (!late_.empty()) {
            std::erase_if(batch.attempts, [](const Attempt& attempt) { return !attempt.finished; });
            std::erase_if(batch.update,
                          [this](const Post& post) { return post.id == late_.update.front().id; });
        }
        co_return co_await store_.apply(std::move(batch));
    }

private:
    Batch late_;
};

class ForgottenRate final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        for (AccountState& state : batch.accounts) {
            state.rate.clear();
            state.not_before = Instant{};
        }
        return store_.apply(std::move(batch));
    }
};

/// What an attempt takes of the limits comes with the next thing that is written.
class LateDebit final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        for (const Attempt& attempt : batch.attempts)
            if (!attempt.finished)
                batch.accounts.clear();
        return store_.apply(std::move(batch));
    }
};

/// What the lane gets of a post in doubt has uploads that were made just now.
class YoungMedia final : public Through {
public:
    YoungMedia(Store& store, const Clock& clock)
        : Through(store)
        , clock_(clock) {}
    asio::awaitable<Result<LaneWork>> lane(LaneQuery query) override {
        Result<LaneWork> work = co_await store_.lane(std::move(query));
        if (work)
            for (Post& post : work->posts)
                change(post);
        co_return work;
    }

private:
    void change(Post& post) const {
        if (!post.in_doubt && post.state != PostState::sending)
            return;
        for (Media& media : post.content.media)
            if (!media.server_id.empty())
                media.uploaded = clock_.now();
    }

    const Clock& clock_;
};

class SeenApart final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (!batch.seen.empty() && !batch.insert.empty()) {
            Batch first;
            first.now = batch.now;
            first.seen = std::move(batch.seen);
            first.sources = std::move(batch.sources);
            first.source_accounts = std::move(batch.source_accounts);
            batch.seen.clear();
            batch.sources.clear();
            batch.source_accounts.clear();
            (void)co_await store_.apply(std::move(first));
        }
        co_return co_await store_.apply(std::move(batch));
    }
};

class EditUnasked final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        batch.amendments.clear();
        return store_.apply(std::move(batch));
    }
};

/// Says "durable", and writes with the next batch.
class EarlyAnswer final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (late_) {
            Batch first = std::move(*late_);
            late_.reset();
            (void)co_await store_.apply(std::move(first));
        }
        if (batch.insert.empty()) { // their ids are asked for
            late_ = std::move(batch);
            co_return Applied{};
        }
        co_return co_await store_.apply(std::move(batch));
    }
    asio::awaitable<Result<LaneWork>> lane(LaneQuery query) override {
        if (late_) {
            Batch first = std::move(*late_);
            late_.reset();
            (void)co_await store_.apply(std::move(first));
        }
        co_return co_await store_.lane(std::move(query));
    }

private:
    std::optional<Batch> late_;
};

class PartsLeft final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        const bool looked = !batch.sources.empty();
        std::set<std::string> begun;
        for (const Post& post : batch.insert)
            if (post.part == 0)
                begun.insert(post.origin.item);
        if (looked) {
            std::erase_if(batch.update, [](const Post& post) { return post.part > 0; });
            std::erase_if(batch.insert, [&](const Post& post) {
                return post.part > 0 && begun.count(post.origin.item) == 0;
            });
        }
        return store_.apply(std::move(batch));
    }
};

class BrokenPublisher final : public Publisher {
public:
    BrokenPublisher(Mutant mutant, std::unique_ptr<Publisher> publisher, std::set<std::string>& seen)
        : mutant_(mutant)
        , publisher_(std::move(publisher))
        , seen_(seen) {}
    asio::awaitable<Result<ServerProfile>> profile() override { return publisher_->profile(); }
    asio::awaitable<Reply> upload(const Media& media) override { return publisher_->upload(media); }
    asio::awaitable<Reply> media_state(const std::string& id) override {
        // Asked for a post in doubt, it has the picture uploaded anew, and asks for that.
        if (mutant_ != Mutant::reupload || !seen_.contains(id)) {
            seen_.insert(id);
            co_return co_await publisher_->media_state(id);
        }
        const Media media;
        const Reply anew = co_await publisher_->upload(media);
        co_return co_await publisher_->media_state(anew.media_id);
    }
    asio::awaitable<Reply> edit(const std::string& id, const PostContent& content) override {
        return publisher_->edit(id, content);
    }
    asio::awaitable<Reply> remove(const std::string& id) override { return publisher_->remove(id); }
    asio::awaitable<Reply> pin(const std::string& id, bool pin) override { return publisher_->pin(id, pin); }
    asio::awaitable<Reply> probe() override { return publisher_->probe(); }
    asio::awaitable<AccountSight> find_account(const std::string& handle) override {
        return publisher_->find_account(handle);
    }
    asio::awaitable<Timeline> timeline(const std::string& account, Instant since) override {
        return publisher_->timeline(account, since);
    }
    asio::awaitable<StatusSight> status(const std::string& id) override { return publisher_->status(id); }

    asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override {
        const std::string sent = mutant_ == Mutant::new_key ? key + std::to_string(++count_) : key;
        PostContent said = content;
        if (mutant_ == Mutant::no_reply)
            said.in_reply_to.clear();
        Reply reply = co_await publisher_->publish(said, sent);
        const bool repeat = !sent_.insert(key).second;
        if (mutant_ == Mutant::replay_failed && repeat && reply.http == 500) {
            const std::string anew = key + "anew";
            reply = co_await publisher_->publish(content, anew);
        }
        co_return reply;
    }

private:
    Mutant mutant_;
    std::unique_ptr<Publisher> publisher_;
    std::set<std::string> sent_;
    std::set<std::string>& seen_; ///< media ids that were asked for, over all lives
    int count_ = 0;
};

} // namespace

std::string_view to_text(Mutant mutant) noexcept {
    return mutant_names[static_cast<std::size_t>(mutant)];
}

std::optional<Mutant> parse_mutant(std::string_view text) noexcept {
    const auto* const name = std::find(mutant_names.begin(), mutant_names.end(), text);
    if (name == mutant_names.end())
        return std::nullopt;
    return static_cast<Mutant>(name - mutant_names.begin());
}

std::unique_ptr<Store> mutate(Mutant mutant, Store& store, const Clock& clock) {
    switch (mutant) {
    case Mutant::late_attempt:
        return std::make_unique<LateAttempt>(store);
    case Mutant::forgotten_rate:
        return std::make_unique<ForgottenRate>(store);
    case Mutant::seen_apart:
        return std::make_unique<SeenApart>(store);
    case Mutant::edit_unasked:
        return std::make_unique<EditUnasked>(store);
    case Mutant::parts_left:
        return std::make_unique<PartsLeft>(store);
    case Mutant::early_answer:
        return std::make_unique<EarlyAnswer>(store);
    case Mutant::late_debit:
        return std::make_unique<LateDebit>(store);
    case Mutant::old_proof:
        return std::make_unique<YoungMedia>(store, clock);
    default:
        return mutate_agenda(mutant, store);
    }
}

std::unique_ptr<Publisher> mutate(Mutant mutant, std::unique_ptr<Publisher> publisher,
                                  std::set<std::string>& seen) {
    if (mutant != Mutant::new_key && mutant != Mutant::replay_failed && mutant != Mutant::reupload &&
        mutant != Mutant::no_reply)
        return publisher;
    return std::make_unique<BrokenPublisher>(mutant, std::move(publisher), seen);
}

void mutate(Mutant mutant, Settings& settings) {
    if (mutant == Mutant::no_quiet)
        for (auto& [name, account] : settings.accounts)
            account.delivery.quiet = Duration::zero();
}

} // namespace crier::sim
