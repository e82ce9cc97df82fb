#pragma once

#include "commands/invocation.hpp"
#include "engine/world.hpp"
#include "ports/command_runner.hpp"
#include "ports/folder_watcher.hpp"
#include "ports/http_client.hpp"
#include "ports/leases.hpp"
#include "ports/media_preparer.hpp"
#include "ports/worker_pool.hpp"
#include "sys/redactor.hpp"
#include "sys/token_source.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace crier::commands {

/// The real world behind the ports, made once for one command: clock, network, plugins, store.
///
/// Nothing is started before it is used: no thread, no connection, no certificate is read.
class Composition {
public:
    /// `token_seen` is told of each token when one of token() reads it first, also after a rotation.
    Composition(boost::asio::io_context& context, const Invocation& call, const Settings& settings, Log& log,
                sys::TokenSeen token_seen = {});
    ~Composition();

    enum class Access {
        owner, ///< the daemon's: nobody else may have it
        read,  ///< next to a daemon or not
        copy,  ///< a private copy; the store itself stays as it is
    };
    /// What the store had to say (a migration) goes to the log.
    [[nodiscard]] Result<> open_store(Access access);

    /// After open_store().
    [[nodiscard]] engine::World world() { return world(*store_); }
    /// On a store that stands before it.
    [[nodiscard]] engine::World world(Store& store);

    /// The ways of `alerts:` to tell a person; made anew, so that what an earlier call gave is gone.
    [[nodiscard]] std::vector<Alerter*> alerters(const AlertSettings& alerts);

    [[nodiscard]] HttpClient& http() noexcept { return *http_; }
    [[nodiscard]] WorkerPool& pool() noexcept { return *pool_; }
    [[nodiscard]] Clock& clock() noexcept { return *clock_; }
    [[nodiscard]] Random& random() noexcept { return *random_; }
    [[nodiscard]] Store& store() noexcept { return *store_; }
    /// Of a store that several daemons share; null: it has one owner.
    [[nodiscard]] Leases* leases() noexcept { return leases_.get(); }
    [[nodiscard]] std::unique_ptr<TokenSource> token(const AccountSettings& account) const;
    /// What requests to a source are signed with. The log keeps it out, too.
    [[nodiscard]] std::unique_ptr<TokenSource> secret(const TokenRef& ref) const;
    /// The second one, which reads; null where there is none.
    [[nodiscard]] std::unique_ptr<TokenSource> evidence(const AccountSettings& account) const;
    [[nodiscard]] Result<std::unique_ptr<Source>> source(const SourceSettings& settings,
                                                         const std::string& moved_to);

    /// One look at a source by itself, for a person: nothing is remembered or marked. An answer that holds no
    /// items for whatever reason is a failure.
    [[nodiscard]] Result<SourceYield> look_at(const SourceSettings& settings);

private:
    [[nodiscard]] Result<> open_shared_store(Access access);

    boost::asio::io_context& context_;
    const Invocation& call_;
    const Settings& settings_;
    Log& log_;
    sys::TokenSeen token_seen_;
    sys::Redactor redactor_; ///< knows the tokens that were read: for alerts
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<WorkerPool> pool_;
    std::unique_ptr<WorkerPool> program_pool_;
    std::unique_ptr<CommandRunner> programs_;
    std::unique_ptr<FolderWatcher> folders_;
    std::unique_ptr<HttpClient> http_;
    std::unique_ptr<HttpClient> server_http_; ///< accounts of one server go some at a time
    std::unique_ptr<HttpClient> source_http_; ///< sources of one host take turns
    std::unique_ptr<MediaFetcher> media_;
    std::unique_ptr<WorkerPool> picture_pool_;
    std::unique_ptr<CommandRunner> pictures_; ///< one at a time, for the memory that each takes
    std::unique_ptr<MediaPreparer> preparer_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Leases> leases_;
    std::vector<std::unique_ptr<Alerter>> alerters_;
};

/// For commands that say what they do themselves.
class NoLog final : public Log {
public:
    [[nodiscard]] bool takes(LogLevel) const noexcept override { return false; }
    void write(LogLevel, std::string_view, std::string_view, std::initializer_list<LogField>) override {}
};

} // namespace crier::commands
