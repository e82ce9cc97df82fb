#include "net/resolver.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <system_error>
#include <thread>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_threads = 8;

using Ticket = std::uint64_t;

class Desk;

/// All that a thread knows: the way back to the executor, as long as there is one.
struct Mailbox {
    std::mutex mutex;
    std::optional<asio::any_io_executor> executor;
    std::weak_ptr<Desk> desk; ///< set before the first thread; locked by the executor's thread only
};

/// One who waits for an answer.
struct Asker {
    explicit Asker(const asio::any_io_executor& executor)
        : arrived(executor) {}
    asio::steady_timer arrived; ///< cancelled when the answer is there
    std::optional<Result<Addresses>> answer;
};

/// Questions and who asked them; shared with the coroutines that wait. Thread: the executor's.
class Desk {
public:
    explicit Desk(NameLookup lookup)
        : mailbox_(std::make_shared<Mailbox>())
        , lookup_(std::make_shared<const NameLookup>(std::move(lookup))) {}

    static std::shared_ptr<Desk> open(asio::any_io_executor executor, NameLookup lookup) {
        auto desk = std::make_shared<Desk>(std::move(lookup));
        desk->mailbox_->executor = std::move(executor);
        desk->mailbox_->desk = desk;
        return desk;
    }

    /// Threads may go on; nobody hears of it.
    void close() {
        const std::lock_guard lock{mailbox_->mutex};
        mailbox_->executor.reset();
    }

    Ticket ask(const std::string& host, Asker& asker) {
        const Ticket ticket = next_++;
        askers_.emplace(ticket, &asker);
        waiting_.emplace_back(ticket, host);
        start_threads();
        return ticket;
    }
    void leave(Ticket ticket) { askers_.erase(ticket); }

    void take(Ticket ticket, Result<Addresses> answer) {
        if (const auto found = askers_.find(ticket); found != askers_.end()) {
            found->second->answer = std::move(answer);
            found->second->arrived.cancel();
        }
        --threads_;
        start_threads();
    }

private:
    void start_threads();
    void start_thread(Ticket ticket, std::string host);

    std::shared_ptr<Mailbox> mailbox_;
    std::shared_ptr<const NameLookup> lookup_;
    std::map<Ticket, Asker*> askers_;
    std::deque<std::pair<Ticket, std::string>> waiting_;
    std::size_t threads_ = 0;
    Ticket next_ = 0;
};

void answer_in_thread(Ticket ticket, const std::string& host, const NameLookup& lookup, Mailbox& mailbox) {
    Result<Addresses> answer = Failure{Cause::internal, "the lookup of " + host + " broke off"};
    try {
        answer = lookup(host);
    } catch (const std::exception&) {
        // Out of memory, most likely. The words above say as much as is known.
    }
    const std::lock_guard lock{mailbox.mutex};
    if (mailbox.executor)
        asio::post(*mailbox.executor, [ticket, weak = mailbox.desk, found = std::move(answer)]() mutable {
            if (const auto desk = weak.lock())
                desk->take(ticket, std::move(found));
        });
}

void Desk::start_threads() {
    while (threads_ < most_threads && !waiting_.empty()) {
        auto [ticket, host] = std::move(waiting_.front());
        waiting_.pop_front();
        if (askers_.count(ticket) > 0) // else given up meanwhile
            start_thread(ticket, std::move(host));
    }
}

void Desk::start_thread(Ticket ticket, std::string host) {
    // Signals belong to the engine's thread: a new one takes none.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        std::thread{[ticket, host, lookup = lookup_, mailbox = mailbox_] {
            answer_in_thread(ticket, host, *lookup, *mailbox);
        }}.detach();
        ++threads_;
    } catch (const std::system_error& error) {
        Asker& asker = *askers_.at(ticket);
        asker.answer = Failure{Cause::temporary,
                               std::string{"no thread for the lookup of "} + host + ": " + error.what()};
        asker.arrived.cancel();
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// However the wait ends: the desk forgets who asked.
class Place {
public:
    Place(std::shared_ptr<Desk> desk, const std::string& host, Asker& asker)
        : desk_(std::move(desk))
        , ticket_(desk_->ask(host, asker)) {}
    ~Place() { desk_->leave(ticket_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::shared_ptr<Desk> desk_;
    Ticket ticket_;
};

class SystemResolver final : public Resolver {
public:
    SystemResolver(asio::any_io_executor executor, NameLookup lookup)
        : executor_(executor)
        , desk_(Desk::open(std::move(executor), std::move(lookup))) {}
    ~SystemResolver() override { desk_->close(); }

    asio::awaitable<Result<Addresses>> resolve(std::string host, Duration timeout) override {
        Asker asker{executor_};
        asker.arrived.expires_after(timeout);
        const Place place{desk_, host, asker};
        boost::system::error_code error;
        if (!asker.answer)
            co_await asker.arrived.async_wait(asio::redirect_error(asio::use_awaitable, error));
        if (!asker.answer)
            co_return Failure{Cause::network,
                              "no answer from the name service for " + host + " within " + to_text(timeout),
                              "is this machine online, and its DNS working? `getent hosts " + host + "`"};
        if (*asker.answer && !(*asker.answer)->empty())
            co_return by_turns(**asker.answer);
        if (*asker.answer)
            co_return Failure{Cause::network, "the name " + host + " has no address", "is it spelled right?"};
        co_return asker.answer->error();
    }

private:
    asio::any_io_executor executor_;
    std::shared_ptr<Desk> desk_;
};

} // namespace

std::unique_ptr<Resolver> make_system_resolver(asio::any_io_executor executor, NameLookup lookup) {
    return std::make_unique<SystemResolver>(std::move(executor), std::move(lookup));
}

} // namespace crier::net
