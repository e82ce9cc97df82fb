#include "simulation/store.hpp"

#include <algorithm>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

/// One transaction, done at the moment that the wait ends.
class Commit final : public Effect {
public:
    Commit(test::MemoryTables& tables, Batch& batch, bool full)
        : tables_(tables)
        , batch_(batch)
        , full_(full) {
        if (!batch_.insert.empty())
            label_ = Label::commit_posts;
        for (const Attempt& attempt : batch_.attempts)
            if (!attempt.finished)
                label_ = has_picture(attempt.post) ? Label::commit_picture : Label::commit_attempt;
    }
    void happen() override {
        if (full_)
            answer_ = Failure{Cause::temporary, "the disk is full", "make room"};
        else
            answer_ = tables_.apply(std::move(batch_));
    }
    [[nodiscard]] Label label() const noexcept override { return label_; }
    [[nodiscard]] Result<Applied> answer() { return std::move(answer_); }

private:
    [[nodiscard]] bool has_picture(PostId id) const {
        return std::any_of(batch_.update.begin(), batch_.update.end(),
                           [id](const Post& post) { return post.id == id && !post.content.media.empty(); });
    }

    test::MemoryTables& tables_;
    Batch& batch_;
    bool full_;
    Label label_ = Label::commit;
    Result<Applied> answer_{Applied{}};
};

} // namespace

/// Calls are carried out in the order in which they were made.
Instant SimStore::turn(Duration length) {
    free_at_ = std::max(free_at_, time_.world()) + length;
    return free_at_;
}

asio::awaitable<Result<Applied>> SimStore::apply(Batch batch) {
    const Instant now = time_.world();
    Commit commit{tables_, batch, now < full_until};
    const Instant done = turn(now < slow_until ? Duration{1500ms} : Duration{200us});
    co_await time_.until(done, &commit);
    co_return commit.answer();
}

asio::awaitable<Result<States>> SimStore::load() {
    co_await time_.until(turn(50us));
    co_return tables_.states();
}

asio::awaitable<Result<LaneWork>> SimStore::lane(LaneQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.lane(query);
}

asio::awaitable<Result<std::vector<Post>>> SimStore::find(PostQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.find(query);
}

asio::awaitable<Result<std::vector<Attempt>>> SimStore::attempts(PostId post) {
    co_await time_.until(turn(50us));
    co_return tables_.attempts(post);
}

asio::awaitable<Result<std::optional<Amendment>>> SimStore::amendment(PostId post) {
    co_await time_.until(turn(50us));
    co_return tables_.amendment(post);
}

asio::awaitable<Result<std::vector<SeenItem>>> SimStore::seen(SeenQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.seen(query);
}

asio::awaitable<Result<std::vector<SeenItem>>> SimStore::newest_seen(NewestSeen query) {
    co_await time_.until(turn(50us));
    co_return tables_.newest_seen(query);
}

asio::awaitable<Result<std::vector<Post>>> SimStore::agenda(AgendaQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.agenda(query);
}

asio::awaitable<Result<Counted>> SimStore::count_days(std::vector<Instant> days) {
    co_await time_.until(turn(50us));
    co_return tables_.count_days(days);
}

asio::awaitable<Result<std::vector<Story>>> SimStore::told(StoryQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.told(query);
}

asio::awaitable<Result<std::vector<std::vector<MadePost>>>> SimStore::made(std::vector<MadeQuery> queries) {
    co_await time_.until(turn(50us));
    co_return tables_.made(queries);
}

asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>> SimStore::held(std::string account) {
    co_await time_.until(turn(50us));
    co_return tables_.held(account);
}

asio::awaitable<Result<std::map<PostState, std::int64_t>>> SimStore::counts(std::string account) {
    co_await time_.until(turn(50us));
    co_return tables_.counts(account);
}

asio::awaitable<Result<UnsettledCounts>> SimStore::unsettled() {
    co_await time_.until(turn(50us));
    co_return tables_.unsettled();
}

asio::awaitable<Result<std::map<std::string, Leaving>>> SimStore::leaving(std::vector<std::string> accounts,
                                                                          Instant now) {
    co_await time_.until(turn(50us));
    co_return tables_.leaving(accounts, now);
}

asio::awaitable<Result<Trimmed>> SimStore::trim(TrimQuery query) {
    co_await time_.until(turn(50us));
    co_return tables_.trim(query);
}

} // namespace crier::sim
