#include "store/postgres.hpp"
#include "store/worker.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <deque>
#include <mutex>
#include <poll.h>
#include <random>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>
#include <unordered_set>
#include <utility>

/// Two tables. `daemons` has a row for each life, which is renewed; `leases` one for each thing, which names
/// the life that has it, or none. A life that has run out gives way at once and as a whole: who finds it so
/// marks it, so that it can never be renewed, and frees its things, but for those of which a write is being
/// committed at that moment; those come free with the next look.
///
/// So what a daemon believes to hold it does hold for as long as its renewals succeed, and need not be read.
namespace crier::store {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longest_lease_pause{5000};
/// Others may have claimed the same at the same moment.
constexpr int claiming_tries = 3;

Mono boot_time() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return Mono{std::chrono::seconds{now.tv_sec} +
                std::chrono::floor<Duration>(std::chrono::nanoseconds{now.tv_nsec})};
}

/// As PostgreSQL reads an array of texts.
std::string array_of(const std::vector<std::string>& things) {
    std::string text = "{";
    for (const std::string& thing : things) {
        text += text.size() == 1 ? "\"" : ",\"";
        for (const char c : thing) {
            if (c == '"' || c == '\\')
                text += '\\';
            text += c;
        }
        text += '"';
    }
    return text + "}";
}

using Things = std::unordered_set<std::string>;

/// What this daemon holds, for the store's thread, which asks for each write.
class Held {
public:
    void set(std::shared_ptr<const Things> things) {
        const std::lock_guard lock{mutex_};
        things_ = std::move(things);
    }
    [[nodiscard]] bool has(std::string_view thing) const {
        const std::lock_guard lock{mutex_};
        return things_ && things_->count(std::string{thing}) > 0;
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Things> things_;
};

/// The work itself, on a thread that may wait.
class LeaseTables {
public:
    LeaseTables(PostgresTarget target, std::string name, std::int64_t opened, Duration length)
        : database_(std::move(target), nullptr)
        , name_(std::move(name))
        , tell_free_("SELECT pg_notify('crier', 'free " + std::to_string(opened) + "')")
        , length_(length) {}

    [[nodiscard]] Postgres& database() noexcept { return database_; }
    [[nodiscard]] std::int64_t life() const noexcept { return life_; }
    [[nodiscard]] std::shared_ptr<const Things> mine() const { return mine_; }

    [[nodiscard]] Result<> connect() {
        if (Result<> connected = database_.connect(); !connected)
            return connected;
        unsure_ = true;
        return exec("LISTEN crier", "listen");
    }

    [[nodiscard]] Result<LeaseTerm> order(const LeaseOrder& order) {
        LeaseTerm term;
        term.until = boot_time() + length_;
        Result<> done = renew(term, order.guest);
        if (done && !term.over)
            done = go_on(term, order);
        if (!done) {
            database_.abandon();
            unsure_ = true;
            return done.error();
        }
        term.held = held_;
        return term;
    }

    [[nodiscard]] Result<> leave() {
        if (life_ == 0)
            return {};
        const Result<> done = in_transaction([&]() -> Result<> {
            Statement free = database_.prepare("UPDATE leases SET life=NULL WHERE life=?1");
            Statement end = database_.prepare("DELETE FROM daemons WHERE life=?1");
            if (!free.use().bind(life_).later() || !end.use().bind(life_).later())
                return failure("give the leases back");
            return tell_free();
        });
        if (!done)
            return done;
        life_ = 0;
        forget();
        return {};
    }

    [[nodiscard]] Result<std::map<std::string, std::string>> holders(const std::vector<std::string>& things) {
        Statement ask = database_.prepare(
            "SELECT leases.thing, daemons.name FROM leases JOIN daemons ON daemons.life=leases.life WHERE "
            "leases.thing=ANY(?1::text[]) AND daemons.until>clock_timestamp()");
        const std::string list = array_of(things);
        auto use = ask.use();
        use.bind(list);
        std::map<std::string, std::string> all;
        while (use.row()) {
            std::string thing = use.text();
            all[std::move(thing)] = use.text();
        }
        if (use.failed())
            return failure("look who holds what");
        return all;
    }

private:
    [[nodiscard]] Failure failure(std::string_view doing) const { return database_.failure(doing); }

    [[nodiscard]] Result<> exec(const char* sql, const char* doing) {
        Statement statement = database_.prepare(sql);
        return statement.use().done() ? Result<>{} : failure(doing);
    }

    template <class Work>
    [[nodiscard]] Result<> in_transaction(Work work) {
        if (!database_.begin(Connection::Writer::shared))
            return failure("begin");
        Result<> done = work();
        if (done && database_.commit() != Committed::yes)
            done = failure("commit");
        if (!done)
            database_.abandon();
        return done;
    }

    [[nodiscard]] Result<> tell_free() {
        Statement tell = database_.prepare(tell_free_);
        return tell.use().later() ? Result<>{} : failure("tell of what is free");
    }

    void forget() {
        mine_ = std::make_shared<const Things>();
        held_.clear();
    }

    [[nodiscard]] Result<> go_on(LeaseTerm& term, const LeaseOrder& order) {
        Result<> done = know(order.shares);
        if (done)
            done = hand_back(order.hand_back);
        if (done)
            done = look_around(term, order.guest);
        if (done && order.claim)
            done = claim(term);
        return done;
    }

    /// One row, alone. A life that has run out is over for good, whoever has noticed it.
    [[nodiscard]] Result<> renew(LeaseTerm& term, bool guest) {
        if (life_ == 0)
            return begin_life(guest);
        {
            auto use = renew_.use();
            use.bind(life_).bind(static_cast<std::int64_t>(length_.count()));
            if (!use.done())
                return failure("renew the leases");
            if (use.changes() == 1)
                return {};
        }
        std::vector<std::string> own; // is told as leases.lost
        if (Result<> ended = end_lives(own); !ended)
            return ended;
        term.over = true;
        life_ = 0;
        forget();
        return {};
    }

    [[nodiscard]] Result<> begin_life(bool guest) {
        forget();
        {
            Statement begin = database_.prepare("INSERT INTO daemons(name, until, guest) VALUES(?1, "
                                                "clock_timestamp() + ?2 * interval '1 microsecond', ?3 <> 0) "
                                                "RETURNING life");
            auto use = begin.use();
            use.bind(name_).bind(static_cast<std::int64_t>(length_.count())).bind(guest);
            if (!use.row())
                return failure("begin a life");
            life_ = use.number();
        }
        if (guest)
            return {};
        // Each has a smaller part from now on.
        return exec(tell_free_.c_str(), "tell of a new daemon");
    }

    /// Things of the configuration that are not in the table yet; what is held, where that is not sure.
    [[nodiscard]] Result<> know(const Shares& shares) {
        if (shares != shares_) {
            std::vector<std::string> things;
            std::unordered_map<std::string, std::size_t> share_of;
            for (std::size_t i = 0; shares && i < shares->size(); ++i)
                for (const std::string& thing : (*shares)[i].things) {
                    things.push_back(thing);
                    share_of.emplace(thing, i);
                }
            std::sort(things.begin(), things.end());
            Statement add = database_.prepare("INSERT INTO leases(thing) SELECT unnest(?1::text[]) ON "
                                              "CONFLICT(thing) DO NOTHING");
            const std::string list = array_of(things);
            if (!add.use().bind(list).done())
                return failure("note what there is to lease");
            shares_ = shares;
            share_of_ = std::move(share_of);
            if (!unsure_)
                count_held();
        }
        if (!unsure_)
            return {};
        Statement read = database_.prepare("SELECT thing FROM leases WHERE life=?1");
        auto use = read.use();
        use.bind(life_);
        auto mine = std::make_shared<Things>();
        while (use.row())
            mine->insert(use.text());
        if (use.failed())
            return failure("read what is held");
        mine_ = std::move(mine);
        unsure_ = false;
        count_held();
        return {};
    }

    /// Shares of which all is held.
    void count_held() {
        held_.clear();
        std::vector<std::size_t> parts(size());
        for (const std::string& thing : *mine_)
            if (const auto share = share_of_.find(thing); share != share_of_.end())
                ++parts[share->second];
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i] == (*shares_)[i].things.size())
                held_.push_back(i);
    }

    [[nodiscard]] std::size_t size() const { return shares_ ? shares_->size() : 0; }

    [[nodiscard]] Result<> hand_back(const std::vector<std::string>& all) {
        std::vector<std::string> things;
        for (const std::string& thing : all)
            if (mine_->count(thing) > 0)
                things.push_back(thing);
        if (things.empty())
            return {};
        const Result<> done = in_transaction([&]() -> Result<> {
            Statement free =
                database_.prepare("UPDATE leases SET life=NULL WHERE life=?1 AND thing=ANY(?2::text[])");
            const std::string list = array_of(things);
            if (!free.use().bind(life_).bind(list).later())
                return failure("hand leases back");
            return tell_free();
        });
        if (!done)
            return done;
        auto mine = std::make_shared<Things>(*mine_);
        for (const std::string& thing : things)
            mine->erase(thing);
        mine_ = std::move(mine);
        count_held();
        return {};
    }

    /// Who else is there, whose life is over.
    [[nodiscard]] Result<> look_around(LeaseTerm& term, bool guest) {
        std::int64_t over = 0;
        {
            auto use = look_.use();
            use.bind(life_);
            if (!use.row())
                return failure("look for other daemons");
            term.daemons = static_cast<std::size_t>(std::max<std::int64_t>(1, use.number()));
            over = use.number();
            const std::optional<Instant> next = use.maybe_instant(); // a length of time
            term.look_again =
                next ? std::clamp(next->time_since_epoch() + Duration{10ms}, Duration{10ms}, length_)
                     : length_;
        }
        term.fair = guest ? size() : (size() + term.daemons - 1) / term.daemons;
        return over > 0 ? end_lives(term.died) : Result<>{};
    }

    [[nodiscard]] Result<> end_lives(std::vector<std::string>& died) {
        return in_transaction([&]() -> Result<> {
            std::vector<std::int64_t> lives;
            {
                Statement find = database_.prepare(
                    "SELECT life, name, (until>'-infinity' AND NOT guest)::int::bigint FROM daemons WHERE "
                    "until<=clock_timestamp() FOR UPDATE SKIP LOCKED");
                auto use = find.use();
                while (use.row()) {
                    lives.push_back(use.number());
                    std::string name = use.text();
                    if (use.flag()) // nobody has marked it so far
                        died.push_back(std::move(name));
                }
                if (use.failed())
                    return failure("look for lives that are over");
            }
            Statement mark = database_.prepare("UPDATE daemons SET until='-infinity' WHERE life=?1");
            Statement free =
                database_.prepare("UPDATE leases SET life=NULL WHERE thing IN (SELECT thing FROM "
                                  "leases WHERE life=?1 FOR UPDATE SKIP LOCKED)");
            Statement end =
                database_.prepare("DELETE FROM daemons WHERE life=?1 AND NOT EXISTS(SELECT 1 FROM "
                                  "leases WHERE leases.life=?1)");
            for (const std::int64_t life : lives)
                if (!mark.use().bind(life).later() || !free.use().bind(life).later() ||
                    !end.use().bind(life).later())
                    return failure("end a life");
            return lives.empty() ? Result<>{} : tell_free();
        });
    }

    [[nodiscard]] Result<> claim(const LeaseTerm& term) {
        for (int tries = 0; tries < claiming_tries && held_.size() < term.fair; ++tries) {
            const Result<bool> more = claim_some(term.fair - held_.size());
            if (!more)
                return more.error();
            if (!*more)
                break;
        }
        return {};
    }

    /// True: others were at the same, and there may be more.
    [[nodiscard]] Result<bool> claim_some(std::size_t want) {
        std::vector<std::size_t> parts(size());
        for (const std::string& thing : *mine_)
            if (const auto share = share_of_.find(thing); share != share_of_.end())
                ++parts[share->second];
        {
            Statement find = database_.prepare("SELECT thing FROM leases WHERE life IS NULL");
            auto use = find.use();
            while (use.row())
                if (const auto share = share_of_.find(use.text()); share != share_of_.end())
                    ++parts[share->second];
            if (use.failed())
                return failure("look for what is free");
        }
        std::vector<std::size_t> shares;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i] == (*shares_)[i].things.size() && !std::binary_search(held_.begin(), held_.end(), i))
                shares.push_back(i);
        // Two that claim at once begin at different places.
        if (shares.size() > want) {
            std::uniform_int_distribution<std::size_t> any{0, shares.size() - 1};
            std::rotate(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(any(random_)),
                        shares.end());
            shares.resize(want);
        }
        std::vector<std::string> things;
        for (const std::size_t share : shares)
            for (const std::string& thing : (*shares_)[share].things)
                if (mine_->count(thing) == 0) // of what was put together anew some may be held already
                    things.push_back(thing);
        if (things.empty())
            return false;
        std::vector<std::string> taken;
        const Result<> done = in_transaction([&] { return take(things, taken); });
        if (!done)
            return done.error();
        auto mine = std::make_shared<Things>(*mine_);
        mine->insert(taken.begin(), taken.end());
        mine_ = std::move(mine);
        count_held();
        return taken.size() < things.size();
    }

    /// Of those that nobody else is taking, whole shares.
    [[nodiscard]] Result<> take(const std::vector<std::string>& things, std::vector<std::string>& taken) {
        std::unordered_map<std::size_t, std::vector<std::string>> locked;
        {
            Statement lock = database_.prepare("SELECT thing FROM leases WHERE life IS NULL AND "
                                               "thing=ANY(?1::text[]) FOR UPDATE SKIP LOCKED");
            const std::string list = array_of(things);
            auto use = lock.use();
            use.bind(list);
            while (use.row()) {
                std::string thing = use.text();
                const std::size_t share = share_of_.at(thing);
                locked[share].push_back(std::move(thing));
            }
            if (use.failed())
                return failure("claim leases");
        }
        for (auto& [share, parts] : locked) {
            const std::vector<std::string>& all = (*shares_)[share].things;
            const auto held = std::count_if(
                all.begin(), all.end(), [&](const std::string& thing) { return mine_->count(thing) > 0; });
            if (parts.size() + static_cast<std::size_t>(held) == all.size())
                taken.insert(taken.end(), parts.begin(), parts.end());
        }
        // A life that ran out meanwhile takes nothing.
        Statement give = database_.prepare(
            "UPDATE leases SET life=?1 WHERE thing=ANY(?2::text[]) AND EXISTS(SELECT 1 FROM daemons WHERE "
            "daemons.life=?1 AND until>clock_timestamp() FOR SHARE)");
        const std::string list = array_of(taken);
        auto use = give.use();
        use.bind(life_).bind(list);
        if (!use.done())
            return failure("claim leases");
        if (static_cast<std::size_t>(use.changes()) != taken.size())
            taken.clear();
        return {};
    }

    Postgres database_;
    std::string name_;
    std::string tell_free_;
    Duration length_;
    Statement renew_ = database_.prepare_to_keep(
        "UPDATE daemons SET until=clock_timestamp() + ?2 * interval '1 microsecond' WHERE life=?1 AND "
        "until>clock_timestamp()");
    Statement look_ = database_.prepare_to_keep(
        "SELECT count(*) FILTER (WHERE until>clock_timestamp() AND NOT guest), count(*) FILTER (WHERE "
        "until<=clock_timestamp()), (extract(epoch FROM min(until) FILTER (WHERE life<>?1 AND "
        "until>clock_timestamp()) - clock_timestamp()) * 1000000)::bigint FROM daemons");
    std::minstd_rand random_{std::random_device{}()};
    std::int64_t life_ = 0;
    bool unsure_ = true; ///< an answer was lost: what is held has to be read
    Shares shares_;
    std::unordered_map<std::string, std::size_t> share_of_;
    std::shared_ptr<const Things> mine_ = std::make_shared<const Things>();
    std::vector<std::size_t> held_; ///< places in shares_, rising
};

PostgresTarget for_leases(PostgresTarget target) {
    target.application = "crier-leases";
    return target;
}

class PostgresLeases final : public Leases {
public:
    PostgresLeases(asio::any_io_executor engine, PostgresTarget target, std::shared_ptr<PostgresSelf> self,
                   std::string name, Duration length)
        : engine_(std::move(engine))
        , self_(std::move(self))
        , length_(length)
        , tables_(for_leases(std::move(target)), std::move(name), self_->opened, length)
        , own_number_(std::to_string(self_->opened))
        , own_mark_("written " + own_number_ + " ") {
        self_->holds = [held = held_](std::string_view thing) { return held->has(thing); };
    }

    ~PostgresLeases() override {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        ring();
        if (thread_.joinable())
            thread_.join();
        if (bell_ >= 0)
            ::close(bell_);
    }

    Duration length() const noexcept override { return length_; }

    asio::awaitable<Result<LeaseTerm>> order(LeaseOrder what) override {
        std::optional<Result<LeaseTerm>> answer;
        std::int64_t life = 0;
        std::shared_ptr<const Things> mine;
        Job job;
        job.run = [&] {
            answer.emplace(tables_.order(what));
            life = tables_.life();
            mine = tables_.mine();
        };
        job.refuse = [&](Failure why) { answer.emplace(std::move(why)); };
        co_await hand_over(job);
        // From here on, and not before: what was handed in under the life before is of that life.
        if (*answer) {
            if (!(*answer)->over) // else what is still written under it is refused
                self_->life = life;
            held_->set(std::move(mine));
        }
        co_return std::move(*answer);
    }

    asio::awaitable<Result<>> leave() override {
        std::optional<Result<>> answer;
        Job job;
        job.run = [&] { answer.emplace(tables_.leave()); };
        job.refuse = [&](Failure why) { answer.emplace(std::move(why)); };
        co_await hand_over(job);
        if (*answer) {
            self_->life = 0;
            held_->set(nullptr);
        }
        co_return std::move(*answer);
    }

    asio::awaitable<Result<std::map<std::string, std::string>>>
    holders(std::vector<std::string> things) override {
        std::optional<Result<std::map<std::string, std::string>>> answer;
        Job job;
        job.run = [&] { answer.emplace(tables_.holders(things)); };
        job.refuse = [&](Failure why) { answer.emplace(std::move(why)); };
        co_await hand_over(job);
        co_return std::move(*answer);
    }

private:
    struct Job {
        std::function<void()> run;
        std::function<void(Failure)> refuse; ///< there is no connection
        std::function<void()> resume;
    };

    asio::awaitable<void> hand_over(Job& job) {
        return suspend(engine_, [this, &job](std::function<void()> resume) {
            job.resume = std::move(resume);
            push(std::move(job));
        });
    }

    void push(Job job) {
        {
            const std::lock_guard lock{mutex_};
            jobs_.push_back(std::move(job));
            if (!thread_.joinable()) {
                bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
                thread_ = start_thread("crier-leases", [this] { loop(); });
            }
        }
        ring();
    }

    void ring() const noexcept {
        const std::uint64_t one = 1;
        if (bell_ >= 0)
            (void)!::write(bell_, &one, sizeof one);
    }

    // All that follows: on the thread.

    void loop() {
        for (;;) {
            std::deque<Job> jobs;
            bool stopping = false;
            {
                const std::lock_guard lock{mutex_};
                jobs.swap(jobs_);
                stopping = stopping_;
            }
            for (Job& job : jobs)
                carry_out(job);
            if (stopping && jobs.empty())
                return;
            if (!stopping && !tables_.database().connected())
                connect();
            tell();
            if (jobs.empty())
                wait();
        }
    }

    void carry_out(Job& job) {
        if (!tables_.database().connected())
            connect();
        if (tables_.database().connected())
            job.run();
        else
            job.refuse(why_not_);
        job.resume();
    }

    void connect() {
        const auto now = std::chrono::steady_clock::now();
        if (now < next_try_)
            return;
        const Result<> connected = tables_.connect();
        if (!connected) {
            why_not_ = connected.error();
            next_try_ = std::chrono::steady_clock::now() + pause_;
            pause_ = std::min(2 * pause_, longest_lease_pause);
            return;
        }
        pause_ = 100ms;
        if (std::exchange(was_connected_, true))
            post([](PostgresLeases& self) {
                if (self.on_reconnected)
                    self.on_reconnected();
            });
    }

    /// Nothing is looked for while nothing happens: the server or the engine wakes it.
    void wait() {
        int timeout = -1;
        if (!tables_.database().connected())
            timeout = static_cast<int>(std::max<std::int64_t>(
                1, std::chrono::ceil<std::chrono::milliseconds>(next_try_ - std::chrono::steady_clock::now())
                       .count()));
        pollfd ready[] = {{bell_, POLLIN, 0}, {tables_.database().socket(), POLLIN, 0}};
        (void)::poll(ready, 2, timeout);
        std::uint64_t rings = 0;
        (void)!::read(bell_, &rings, sizeof rings);
    }

    /// What was heard, to the engine.
    void tell() {
        for (const std::string& said : tables_.database().notifications()) {
            constexpr std::string_view written = "written ";
            if (said == "wished") {
                post([](PostgresLeases& self) {
                    if (self.on_wished)
                        self.on_wished();
                });
            } else if (said.compare(0, 5, "free ") == 0) {
                if (said.compare(5, std::string::npos, own_number_) == 0)
                    continue;
                post([](PostgresLeases& self) {
                    if (self.on_free)
                        self.on_free();
                });
            } else if (said.compare(0, written.size(), written) == 0 &&
                       said.compare(0, own_mark_.size(), own_mark_) != 0) {
                const auto name = said.find(' ', written.size());
                if (name == std::string::npos)
                    continue;
                post([account = said.substr(name + 1)](PostgresLeases& self) {
                    if (self.on_written)
                        self.on_written(account);
                });
            }
        }
    }

    template <class Call>
    void post(Call call) {
        asio::post(engine_, [weak = std::weak_ptr<PostgresLeases*>{here_}, call = std::move(call)] {
            if (const auto here = weak.lock())
                call(**here);
        });
    }

    asio::any_io_executor engine_;
    std::shared_ptr<PostgresSelf> self_;
    Duration length_;
    std::shared_ptr<Held> held_ = std::make_shared<Held>();
    LeaseTables tables_;
    std::string own_number_;
    std::string own_mark_; ///< at the head of what this process itself has told
    std::shared_ptr<PostgresLeases*> here_ =
        std::make_shared<PostgresLeases*>(this); ///< goes on the engine's thread
    Failure why_not_;
    std::chrono::steady_clock::time_point next_try_{};
    std::chrono::milliseconds pause_{100};
    bool was_connected_ = false;
    int bell_ = -1;
    std::mutex mutex_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace

std::unique_ptr<Leases> make_postgres_leases(asio::any_io_executor engine, PostgresTarget target,
                                             std::shared_ptr<PostgresSelf> self, std::string name,
                                             Duration length) {
    return std::make_unique<PostgresLeases>(std::move(engine), std::move(target), std::move(self),
                                            std::move(name), length);
}

} // namespace crier::store
