#include "store/table_store.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// From a disk that takes everything at once to one that is in trouble.
constexpr std::array<Duration, 12> commit_bounds{500us, 1ms,   2500us, 5ms, 10ms, 25ms,
                                                 50ms,  100ms, 250ms,  1s,  5s,   30s};

/// One call on its way to the store's thread and back.
struct Job {
    Batch* batch = nullptr;            ///< a write; else
    std::int64_t epoch = 0;            ///< in which it was handed in
    std::function<void(Tables&)> read; ///< a query
    std::optional<Result<Applied>>* applied = nullptr;
    std::function<void()> resume; ///< back on the engine's thread
};

class TableStore final : public Store {
public:
    TableStore(asio::any_io_executor engine, std::unique_ptr<Backing> backing)
        : engine_(std::move(engine))
        , backing_(std::move(backing))
        , worker_("crier-store", [this](std::vector<Job> jobs) { carry_out(std::move(jobs)); }) {}

    ~TableStore() override {
        backing_->stop();
        worker_.finish();
    }

    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (backing_->read_only())
            co_return Failure{Cause::permission, "the store was opened for reading only"};
        std::optional<Result<Applied>> applied;
        Job job;
        job.epoch = backing_->epoch();
        job.batch = &batch;
        job.applied = &applied;
        const auto begun = std::chrono::steady_clock::now();
        co_await hand_over(job);
        note(std::chrono::floor<Duration>(std::chrono::steady_clock::now() - begun), *applied);
        co_return std::move(*applied);
    }

    asio::awaitable<Result<States>> load() override {
        return query<States>([](Tables& tables) { return tables.load(); });
    }
    asio::awaitable<Result<LaneWork>> lane(LaneQuery what) override {
        return query<LaneWork>([what = std::move(what)](Tables& tables) { return tables.lane(what); });
    }
    asio::awaitable<Result<std::vector<Post>>> find(PostQuery what) override {
        return query<std::vector<Post>>(
            [what = std::move(what)](Tables& tables) { return tables.find(what); });
    }
    asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) override {
        return query<std::vector<Attempt>>([post](Tables& tables) { return tables.attempts(post); });
    }
    asio::awaitable<Result<std::optional<Amendment>>> amendment(PostId post) override {
        return query<std::optional<Amendment>>([post](Tables& tables) { return tables.amendment(post); });
    }
    asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery what) override {
        return query<std::vector<SeenItem>>(
            [what = std::move(what)](Tables& tables) { return tables.seen(what); });
    }
    asio::awaitable<Result<std::vector<SeenItem>>> newest_seen(NewestSeen what) override {
        return query<std::vector<SeenItem>>(
            [what = std::move(what)](Tables& tables) { return tables.newest_seen(what); });
    }
    asio::awaitable<Result<std::vector<Post>>> agenda(AgendaQuery what) override {
        return query<std::vector<Post>>(
            [what = std::move(what)](Tables& tables) { return tables.agenda(what); });
    }
    asio::awaitable<Result<Counted>> count_days(std::vector<Instant> days) override {
        return query<Counted>([days = std::move(days)](Tables& tables) { return tables.count_days(days); });
    }
    asio::awaitable<Result<std::vector<Story>>> told(StoryQuery what) override {
        return query<std::vector<Story>>(
            [what = std::move(what)](Tables& tables) { return tables.told(what); });
    }
    asio::awaitable<Result<std::vector<std::vector<MadePost>>>> made(std::vector<MadeQuery> what) override {
        return query<std::vector<std::vector<MadePost>>>(
            [what = std::move(what)](Tables& tables) { return tables.made(what); });
    }
    asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>> held(std::string account) override {
        return query<std::map<ReasonCode, std::int64_t>>(
            [account = std::move(account)](Tables& tables) { return tables.held(account); });
    }
    asio::awaitable<Result<Trimmed>> trim(TrimQuery what) override {
        if (backing_->read_only())
            co_return Failure{Cause::permission, "the store was opened for reading only"};
        co_return co_await query<Trimmed>([what](Tables& tables) { return tables.trim(what); });
    }
    asio::awaitable<Result<std::map<PostState, std::int64_t>>> counts(std::string account) override {
        return query<std::map<PostState, std::int64_t>>(
            [account = std::move(account)](Tables& tables) { return tables.counts(account); });
    }
    asio::awaitable<Result<UnsettledCounts>> unsettled() override {
        return query<UnsettledCounts>([](Tables& tables) { return tables.unsettled(); });
    }
    asio::awaitable<Result<std::map<std::string, Leaving>>> leaving(std::vector<std::string> accounts,
                                                                    Instant now) override {
        return query<std::map<std::string, Leaving>>(
            [accounts = std::move(accounts), now](Tables& tables) { return tables.leaving(accounts, now); });
    }
    const StoreFigures* figures() const noexcept override { return &figures_; }

private:
    template <class T>
    asio::awaitable<Result<T>> query(std::function<Result<T>(Tables&)> ask) {
        std::optional<Result<T>> answer;
        Job job;
        job.read = [&](Tables& tables) { answer.emplace(ask(tables)); };
        co_await hand_over(job);
        co_return std::move(*answer);
    }

    /// To the store's thread, and back to the engine's when it is done there.
    asio::awaitable<void> hand_over(Job& job) {
        return suspend(engine_, [this, &job](std::function<void()> resume) {
            job.resume = std::move(resume);
            worker_.push(std::move(job));
        });
    }

    /// On the engine's thread.
    void note(Duration took, const Result<Applied>& applied) {
        if (applied) {
            figures_.commits.observe(took);
            figures_.trouble.reset();
        } else if (applied.error().cause != Cause::conflict) {
            ++figures_.failed;
            figures_.trouble = applied.error();
        }
    }

    void carry_out(std::vector<Job> jobs);
    void commit(std::vector<Job>& writes);

    asio::any_io_executor engine_;
    std::unique_ptr<Backing> backing_;
    StoreFigures figures_{commit_bounds};
    Worker<Job> worker_; ///< last, so that it ends before what it works on
};

/// In order; writes that stand next to each other share a commit.
void TableStore::carry_out(std::vector<Job> jobs) {
    std::vector<Job> writes;
    for (Job& job : jobs) {
        if (job.batch != nullptr) {
            writes.push_back(std::move(job));
            continue;
        }
        commit(writes);
        backing_->read(job.read);
        job.resume();
    }
    commit(writes);
    backing_->pause(); // whoever waited has been told
}

void TableStore::commit(std::vector<Job>& writes) {
    if (writes.empty())
        return;
    std::vector<Batch*> batches;
    std::vector<std::int64_t> epochs;
    batches.reserve(writes.size());
    epochs.reserve(writes.size());
    for (const Job& job : writes) {
        batches.push_back(job.batch);
        epochs.push_back(job.epoch);
    }
    std::vector<Result<Applied>> answers = backing_->apply(batches, epochs);
    for (std::size_t i = 0; i < writes.size(); ++i) {
        writes[i].applied->emplace(std::move(answers[i]));
        writes[i].resume();
    }
    writes.clear();
}

} // namespace

std::unique_ptr<Store> make_table_store(asio::any_io_executor engine, std::unique_ptr<Backing> backing) {
    return std::make_unique<TableStore>(std::move(engine), std::move(backing));
}

} // namespace crier::store
