#include "commands/composition.hpp"

#include "commands/run_coroutine.hpp"
#include "commands/store_place.hpp"
#include "core/store_address.hpp"
#include "engine/tidy.hpp"
#include "engine/webhook.hpp"
#include "mastodon/publisher.hpp"
#include "media/preparer.hpp"
#include "net/client.hpp"
#include "net/turns.hpp"
#include "plugin/source.hpp"
#include "ports/own_program.hpp"
#include "store/media_stash.hpp"
#include "store/postgres.hpp"
#include "store/sqlite.hpp"
#include "sys/alert_command.hpp"
#include "sys/clock.hpp"
#include "sys/command_runner.hpp"
#include "sys/folder_watcher.hpp"
#include "sys/random.hpp"
#include "sys/redacted_alerter.hpp"
#include "sys/worker_pool.hpp"

#include <algorithm>
#include <utility>

namespace crier::commands {

namespace {

/// Parsing is the only work that leaves the engine's thread.
constexpr std::size_t pool_threads = 2;

/// Programs of sources that run at a time. They have threads of their own: one that takes an hour keeps no
/// feed from being read and no alert from being told.
constexpr std::size_t program_threads = 8;

/// Connections beyond those of the accounts: feeds, pictures.
constexpr std::size_t other_connections = 32;
/// A command that works on a stopped daemon's store has it for a moment.
constexpr std::chrono::seconds owner_patience{3};

/// Of the accounts on one server, or on all.
constexpr std::size_t most_connections = 4096;

net::ClientOptions client_options(const sys::Environment& environment, std::size_t accounts) {
    const auto value = [&](const char* upper, const char* lower) {
        const auto found = environment.get(upper);
        return std::string{found ? *found : environment.get(lower).value_or("")};
    };
    net::ClientOptions options;
    options.user_agent = "crier/" CRIER_VERSION " (+https://joinmastodon.org)";
    options.ca_file = value("CRIER_CA_FILE", "crier_ca_file");
    options.https_proxy = value("HTTPS_PROXY", "https_proxy");
    options.http_proxy = value("HTTP_PROXY", "http_proxy");
    options.no_proxy = value("NO_PROXY", "no_proxy");
    // Each account has at most one request on its way: what it used last is there for its next post.
    accounts = std::min(accounts, most_connections);
    options.max_idle_per_host = std::max(options.max_idle_per_host, accounts);
    options.max_idle = accounts + other_connections;
    return options;
}

} // namespace

Composition::Composition(boost::asio::io_context& context, const Invocation& call, const Settings& settings,
                         Log& log, sys::TokenSeen token_seen)
    : context_(context)
    , call_(call)
    , settings_(settings)
    , log_(log)
    , token_seen_([this, seen = std::move(token_seen)](const Secret& token) {
        redactor_.keep_out(token.clone());
        if (seen)
            seen(token);
    })
    , clock_(sys::make_system_clock(context.get_executor(), sys::boot_of_machine(call.environment)))
    , random_(sys::make_system_random())
    , pool_(sys::make_worker_pool(context.get_executor(), pool_threads, "crier-work"))
    , program_pool_(sys::make_worker_pool(context.get_executor(), program_threads, "crier-program"))
    , programs_(sys::make_command_runner(*program_pool_, call.environment))
    , folders_(sys::make_folder_watcher(context.get_executor()))
    , http_(net::make_http_client(context.get_executor(),
                                  client_options(call.environment, settings.accounts.size()), *random_))
    , server_http_(net::make_turn_client(*http_, *clock_, {settings.requests_per_server, true}))
    , source_http_(net::make_turn_client(*http_, *clock_))
    , media_(store::make_media_stash(*http_, folder_beside_store(call, settings) + "/media"))
    , picture_pool_(sys::make_worker_pool(context.get_executor(), 1, "crier-picture"))
    , pictures_(sys::make_command_runner(*picture_pool_, call.environment))
    , preparer_(media::make_preparer(*pool_, *pictures_, this_program,
                                     folder_beside_store(call, settings) + "/media/ready")) {}

Composition::~Composition() = default;

Result<> Composition::open_store(Access access) {
    if (is_postgres_address(settings_.store))
        return open_shared_store(access);
    store::SqliteOptions options;
    options.path = settings_.store;
    options.read_only = access == Access::read;
    options.owner_patience = owner_patience;
    Result<store::OpenedStore> opened = access == Access::copy
                                            ? store::open_sqlite_copy(context_.get_executor(), options.path)
                                            : store::open_sqlite(context_.get_executor(), options);
    if (!opened)
        return opened.error();
    for (const std::string& note : opened->notes)
        log_.info("store.opened", note);
    store_ = std::move(opened->store);
    return {};
}

/// Others may have it open as well: who works on what the leases say.
Result<> Composition::open_shared_store(Access access) {
    store::PostgresOptions options = postgres_options(settings_);
    if (access == Access::copy) {
        Result<store::OpenedStore> copied = store::open_postgres_copy(context_.get_executor(), options);
        if (!copied)
            return copied.error();
        store_ = std::move(copied->store);
        return {};
    }
    if (access == Access::read) // to see who works on what
        leases_ =
            store::make_postgres_leases(context_.get_executor(), options.target,
                                        std::make_shared<store::PostgresSelf>(), options.name, options.lease);
    Result<store::OpenedPostgres> opened =
        access == Access::read ? store::open_postgres_to_read(context_.get_executor(), std::move(options))
                               : store::open_postgres(context_.get_executor(), std::move(options));
    if (!opened)
        return opened.error();
    for (const std::string& note : opened->notes)
        log_.info("store.opened", note);
    store_ = std::move(opened->store);
    if (opened->leases)
        leases_ = std::move(opened->leases);
    if (access == Access::owner)
        media_ = store::make_media_stash(*http_, folder_beside_store(call_, settings_) + "/media",
                                         store::make_postgres_vault(postgres_options(settings_).target));
    return {};
}

std::unique_ptr<TokenSource> Composition::token(const AccountSettings& account) const {
    return sys::make_token_source(account.token, call_.environment, token_seen_);
}

std::unique_ptr<TokenSource> Composition::secret(const TokenRef& ref) const {
    return sys::make_token_source(ref, call_.environment, token_seen_);
}

std::unique_ptr<TokenSource> Composition::evidence(const AccountSettings& account) const {
    if (!account.evidence)
        return nullptr;
    return sys::make_token_source(*account.evidence, call_.environment, token_seen_);
}

Result<std::unique_ptr<Source>> Composition::source(const SourceSettings& settings,
                                                    const std::string& moved_to) {
    // What is drawn for a moment of the schedule does not wait until other sources have been read.
    HttpClient& http = settings.on_demand ? *http_ : *source_http_;
    const plugin::SourcePorts ports{http, *programs_, *pool_, *clock_, folders_.get(), this_program};
    return plugin::make_source(settings, ports, moved_to);
}

Result<SourceYield> Composition::look_at(const SourceSettings& settings) {
    Result<std::unique_ptr<Source>> port = source(settings, {});
    if (!port)
        return port.error();
    Result<SourceYield> yield = run_coroutine(context_, (*port)->poll({}));
    if (yield)
        engine::tidy(yield->items, settings);
    if (yield && yield->trouble)
        return *yield->trouble;
    if (yield && yield->gone)
        return Failure{Cause::server, settings.url + " answers 410: it is gone for good",
                       "remove the source, or give it another `url`"};
    return yield;
}

std::vector<Alerter*> Composition::alerters(const AlertSettings& alerts) {
    alerters_.clear();
    if (!alerts.command.empty())
        alerters_.push_back(sys::make_redacted(
            sys::make_command_alerter(*pool_, alerts.command, call_.environment), redactor_));
    if (!alerts.webhook.empty()) {
        std::unique_ptr<TokenSource> token;
        if (alerts.webhook_token)
            token = sys::make_token_source(*alerts.webhook_token, call_.environment, token_seen_);
        alerters_.push_back(
            sys::make_redacted(engine::make_webhook(*http_, alerts.webhook, std::move(token)), redactor_));
    }
    std::vector<Alerter*> list;
    for (const auto& alerter : alerters_)
        list.push_back(alerter.get());
    return list;
}

engine::World Composition::world(Store& store) {
    return engine::World{store,
                         *clock_,
                         *random_,
                         log_,
                         *media_,
                         [this](const AccountSettings& account) {
                             engine::AccountPorts ports;
                             ports.token = token(account);
                             ports.evidence = evidence(account);
                             ports.publisher = mastodon::make_publisher(account, *server_http_, *ports.token,
                                                                        *clock_, ports.evidence.get());
                             return ports;
                         },
                         [this](const SourceSettings& source_settings, const std::string& moved_to) {
                             return source(source_settings, moved_to);
                         },
                         alerters(settings_.alerts),
                         [this](const AlertSettings& alerts) { return alerters(alerts); },
                         http_.get(),
                         programs_.get(),
                         preparer_.get()};
}

} // namespace crier::commands
