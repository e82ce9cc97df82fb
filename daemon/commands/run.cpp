#include "admin/api.hpp"
#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/text/plain.hpp"
#include "engine/engine.hpp"
#include "inbound/callbacks.hpp"
#include "inbound/hooks.hpp"
#include "net/server.hpp"
#include "sys/log.hpp"
#include "sys/notify.hpp"
#include "sys/process.hpp"
#include "sys/process_figures.hpp"
#include "sys/signals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <csignal>
#include <exception>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

/// Of others at a time; more wait to be let in.
constexpr std::size_t inbound_connections = 32;

/// The daemon's parts in the order in which they are made; they go in the reverse one.
class Run {
public:
    Run(const Invocation& call, const RunOptions& options, const Settings& settings, sys::LogSink& log)
        : call_(call)
        , options_(options)
        , settings_(settings)
        , log_(log)
        , composition_(context_, call, settings, log,
                       [&log](const Secret& token) { log.keep_out(token.clone()); })
        , notify_(call.environment) {}

    int main();

private:
    [[nodiscard]] asio::awaitable<void> work();
    [[nodiscard]] asio::awaitable<void> daemon();
    [[nodiscard]] asio::awaitable<void> once();
    [[nodiscard]] Result<> listen();
    [[nodiscard]] Result<> listen_to_others();
    void make_callbacks();
    std::size_t check_tokens();
    void on_signal(int signal);
    void reload();

    const Invocation& call_;
    const RunOptions& options_;
    const Settings& settings_;
    sys::LogSink& log_;
    asio::io_context context_{1};
    Composition composition_;
    sys::Notify notify_;
    std::optional<engine::World> world_;
    std::optional<engine::Engine> engine_;
    std::optional<admin::Api> api_;
    std::unique_ptr<HttpServer> server_;
    std::optional<inbound::Hooks> hooks_;
    std::optional<inbound::Callbacks> callbacks_;
    std::unique_ptr<HttpServer> inbound_; ///< a server of its own: the admin interface is not there
    int code_ = exit_ok;
};

/// Tells of tokens that are not there; hands those that are to the log's redaction.
std::size_t Run::check_tokens() {
    std::size_t missing = 0;
    for (const auto& [name, account] : settings_.accounts) {
        const Result<Secret> token = composition_.token(account)->read();
        if (token)
            log_.keep_out(token->clone());
        else if (account.mode != Mode::dry) {
            ++missing;
            log_.error("account.no_token", name + ": " + token.error().message + ". " + token.error().hint,
                       {{"account", name}});
        }
    }
    return missing;
}

Result<> Run::listen() {
    server_ = net::make_http_server(context_.get_executor());
    if (Result<> listening = server_->listen_unix(settings_.admin_socket); !listening)
        return listening;
    api_.emplace(*engine_, composition_.clock(), true);
    api_->tell_metrics(&sys::read_process_figures, CRIER_VERSION);
    asio::co_spawn(context_,
                   server_->serve([this](LocalRequest request) { return api_->handle(std::move(request)); }),
                   [this](std::exception_ptr error) {
                       if (error)
                           log_.error("admin.bug", "the local interface has stopped");
                   });
    return {};
}

/// Where hubs push.
void Run::make_callbacks() {
    callbacks_.emplace(
        settings_.inbound->most_body,
        inbound::CallbackPorts{composition_.clock(), log_,
                               [this](std::string_view id) { return engine_->subscription(id); },
                               [this](std::string id, HubQuestion question) {
                                   return engine_->answer_hub(std::move(id), std::move(question));
                               },
                               [this](std::string id, Heard heard) {
                                   return engine_->hear_hub(std::move(id), std::move(heard));
                               },
                               [this](std::string_view id) { engine_->look_for_hub(id); }});
    if (!settings_.inbound->url.empty())
        log_.info("websub.ready", "hubs push to " + settings_.inbound->url + std::string{hub_path});
}

/// What sources hear comes in by a door of its own.
Result<> Run::listen_to_others() {
    if (!settings_.inbound || settings_.inbound->listen.empty())
        return {};
    net::ServerLimits limits;
    limits.body = settings_.inbound->most_body;
    // A connection that is kept may end just when the next request is on its way, and few senders try again.
    limits.keep_alive = false;
    limits.connections = inbound_connections;
    inbound_ = net::make_http_server(context_.get_executor(), limits);
    for (const ListenAddress& address : settings_.inbound->listen)
        if (const auto listening = inbound_->listen_tcp(address.host, address.port); !listening)
            return listening.error();
    hooks_.emplace(settings_,
                   inbound::HookPorts{composition_.clock(), log_,
                                      [this](const TokenRef& ref) { return composition_.secret(ref); },
                                      [this](std::string source, Heard heard) {
                                          return engine_->hear(std::move(source), std::move(heard));
                                      }});
    hooks_->check_secrets();
    make_callbacks();
    for (const SourceSettings& source : settings_.sources)
        if (source.hook)
            log_.info("inbound.listening",
                      source.name + " hears at http://" + to_text(settings_.inbound->listen.front()) +
                          source.hook->path,
                      {{"source", source.name}});
    asio::co_spawn(context_,
                   inbound_->serve(
                       [this](LocalRequest request) {
                           return inbound::Callbacks::has(request.path)
                                      ? callbacks_->handle(std::move(request))
                                      : hooks_->handle(std::move(request));
                       },
                       [this](const LocalRequest& head) {
                           return inbound::Callbacks::has(head.path) ? callbacks_->check_head(head)
                                                                     : hooks_->check_head(head);
                       },
                       [this](const LocalRequest& head, int status) {
                           if (inbound::Callbacks::has(head.path))
                               callbacks_->note_refusal(head, status);
                           else
                               hooks_->note_refusal(head, status);
                       }),
                   [this](std::exception_ptr error) {
                       if (error)
                           log_.error("inbound.bug", "nothing is heard any more: restart crier");
                   });
    return {};
}

/// The zones' rules change more often than programs do (the package tzdata).
void Run::reload() {
    const schedule::ReloadedZones zones = schedule::Zone::reload();
    for (const Failure& failure : zones.failures)
        log_.warning("zones.unread", failure.message + ": the rules that were read before serve",
                     {{"hint", failure.hint}});
    std::string names;
    for (const std::string& name : zones.changed)
        names += (names.empty() ? "" : ", ") + name;
    if (!names.empty()) {
        engine_->heed_zones();
        log_.info("zones.reloaded", "the clocks of " + names + " have new rules: the schedule goes by them");
    }
    log_.warning("reload.unsupported",
                 "SIGHUP: time zones are read again; a changed configuration this version takes up by a "
                 "restart, and nothing is lost by one");
}

void Run::on_signal(int signal) {
    if (signal == SIGHUP) {
        reload();
        return;
    }
    log_.info("daemon.stopping", "stopping: what is on its way ends first");
    notify_.stopping();
    engine_->stop();
}

asio::awaitable<void> Run::daemon() {
    // A dry run has only a copy of the store: what it accepted for somebody would be gone with it.
    if (!options_.dry_run) {
        Result<> listening = listen();
        if (listening)
            listening = listen_to_others();
        if (!listening) {
            code_ = fail(call_, listening.error());
            if (server_)
                server_->stop();
            co_return;
        }
    }
    if (options_.dry_run && settings_.inbound)
        log_.info("inbound.off", "a dry run hears nothing: whoever sends would take it for done");
    log_.info("daemon.ready", "ready: " + summary(settings_));
    notify_.ready("posting");
    notify_.feed_watchdog(context_.get_executor(), composition_.clock());
    co_await engine_->run();
    notify_.end_watchdog();
    if (server_)
        server_->stop();
    if (inbound_)
        inbound_->stop();
}

asio::awaitable<void> Run::once() {
    const engine::OnceReport report = co_await engine_->run_once();
    if (report.unfinished > 0)
        log_.warning("once.unfinished",
                     text::counted(report.unfinished, "post is", "posts are") +
                         " not out yet; the next run goes on with that" +
                         (report.first_trouble.empty() ? "" : ". " + report.first_trouble));
    if (report.store_failed)
        log_.error("once.store_failed", "the store could not be read or written: what was due may still be");
    if (report.failed > 0)
        log_.error("once.failed", text::counted(report.failed, "post was", "posts were") +
                                      " given up; `crier outbox list --state failed` says why");
    if (report.held > 0 || report.failed_sources > 0)
        log_.error("once.troubled", report.first_trouble);
    // One code has to do for a cron mail: what needs a person comes first.
    code_ = report.held > 0                                ? exit_token
            : report.failed > 0                            ? exit_failed
            : report.failed_sources > 0                    ? exit_server
            : report.unfinished > 0 || report.store_failed ? exit_temporary
                                                           : exit_ok;
}

asio::awaitable<void> Run::work() {
    const Result<> begun = co_await engine_->begin();
    if (!begun) {
        code_ = fail(call_, begun.error());
        co_return;
    }
    if (options_.once)
        co_await once();
    else
        co_await daemon();
    composition_.http().close_idle(); // or their timers would keep the process for a quarter of a minute
}

int Run::main() {
    const auto access = options_.dry_run ? Composition::Access::copy : Composition::Access::owner;
    if (const Result<> opened = composition_.open_store(access); !opened)
        return fail(call_, opened.error());
    const std::size_t missing = check_tokens();
    if (options_.once && missing > 0 && missing == settings_.accounts.size())
        return exit_token;
    world_.emplace(composition_.world());
    engine_.emplace(context_.get_executor(), settings_, *world_);
    sys::Signals signals{context_.get_executor(), [this](int signal) { on_signal(signal); }};
    std::exception_ptr bug;
    asio::co_spawn(context_, work(), [&](std::exception_ptr error) {
        bug = error;
        signals.stop();
    });
    context_.run();
    if (bug)
        std::rethrow_exception(bug);
    if (engine_->failure())
        return fail(call_, Failure{Cause::internal, *engine_->failure(),
                                   "this is a fault of crier: please report it"});
    return code_;
}

} // namespace

int run(const Invocation& call, const RunOptions& options) {
    sys::protect_process();
    auto settings = load_settings(call, Tell::warnings_too);
    if (!settings)
        return exit_config;
    if (options.dry_run) {
        settings->alerts = AlertSettings{}; // what it finds is not so: nobody is told
        if (settings->inbound)
            settings->inbound->url.clear(); // and no hub is asked for anything, or left
        for (auto& [name, account] : settings->accounts)
            account.mode = Mode::dry;
    }
    sys::LogSink log{settings->log, call.environment};
    Run daemon{call, options, *settings, log};
    return daemon.main();
}

} // namespace crier::commands
