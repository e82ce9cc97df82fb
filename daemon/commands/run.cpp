#include "admin/socket_door.hpp"
#include "commands/reread.hpp"
#include "commands/running.hpp"
#include "core/store_address.hpp"
#include "core/text/plain.hpp"
#include "net/server.hpp"
#include "sys/memory.hpp"
#include "sys/process.hpp"
#include "sys/process_figures.hpp"
#include "sys/signals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <csignal>
#include <exception>
#include <filesystem>
#include <system_error>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

std::string keys_text(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// Of others at a time; more wait to be let in.
constexpr std::size_t inbound_connections = 32;

/// Whoever goes by the first configuration for ever must not keep a hundred thousand entries of it.
engine::Configuration without_lists(const Settings& all) {
    auto few = std::make_shared<Settings>();
    static_cast<CommonSettings&>(*few) = all;
    return few;
}

/// After it is ready.
constexpr Duration settles_within = std::chrono::seconds{5};

/// Bytes; after such a one memory is given back.
constexpr std::size_t large_answer = std::size_t{4} << 20U;

} // namespace

Running::Running(const Invocation& call, const RunOptions& options, engine::Configuration settings,
                 sys::LogSink& log)
    : call_(call)
    , options_(options)
    , config_(std::filesystem::absolute(config_path(call)).string())
    , first_(without_lists(*settings))
    , settings_(std::move(settings))
    , log_(log)
    , composition_(context_, call, *first_, log, [&log](const Secret& token) { log.keep_out(token.clone()); })
    , notify_(call.environment)
    , events_(composition_.clock(), CRIER_VERSION)
    , taken_up_(composition_.clock().make_alarm())
    , settled_(composition_.clock().make_alarm()) {}

/// Tells of tokens that are not there; hands those that are to the log's redaction.
std::size_t Running::check_tokens() {
    std::size_t missing = 0;
    for (const auto& [name, account] : settings_->accounts) {
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

Result<> Running::listen() {
    net::ServerLimits limits;
    limits.room = room_;
    limits.bug = [this](std::string_view what) {
        log_.error("admin.bug", "a request has met a fault of crier's: " + std::string{what});
    };
    server_ = net::make_http_server(context_.get_executor(), limits);
    if (Result<> listening = server_->listen_unix(settings_->admin_socket); !listening)
        return listening;
    api_.emplace(*engine_, composition_.clock(), true, &events_);
    api_->tell_metrics(&sys::read_process_figures, CRIER_VERSION);
    asio::co_spawn(context_,
                   server_->serve([this](LocalRequest request) { return answer(std::move(request), false); },
                                  admin::check_socket_head),
                   [this](std::exception_ptr error) {
                       if (error)
                           log_.error("admin.bug", "the local interface has stopped");
                   });
    return {};
}

/// The same interface on TCP, with a door before it.
Result<> Running::listen_to_browsers() {
    if (!settings_->admin_web)
        return {};
    const AdminWeb& web = *settings_->admin_web;
    door_.emplace(web, admin::DoorPorts{*api_, composition_.clock(), composition_.random(), log_,
                                        composition_.secret(web.token)});
    if (Result<> token = door_->check_token(); !token)
        return token;
    net::ServerLimits limits;
    limits.room = room_;
    limits.bug = [this](std::string_view what) {
        log_.error("admin.bug", "a request has met a fault of crier's: " + std::string{what});
    };
    web_ = net::make_http_server(context_.get_executor(), limits, admin::door_headers());
    if (const auto listening = web_->listen_tcp(web.listen.host, web.listen.port); !listening)
        return listening.error();
    asio::co_spawn(context_,
                   web_->serve([this](LocalRequest request) { return answer(std::move(request), true); },
                               [this](const LocalRequest& head) { return door_->check_head(head); }),
                   [this](std::exception_ptr error) {
                       if (error)
                           log_.error("admin.bug", "the page has stopped: restart crier");
                   });
    log_.info("admin.listening", "the page is at http://" + to_text(web.listen) + "/" +
                                     (web.origin.empty() ? "" : ", and at " + web.origin + "/"));
    return {};
}

Running::Answer Running::answer(LocalRequest request, bool at_the_door) {
    LocalResponse answer;
    if (at_the_door)
        answer = co_await door_->handle(std::move(request));
    else
        answer = co_await api_->handle(std::move(request));
    if (answer.body.size() < large_answer)
        co_return answer;
    // What it was made of is several times as large.
    answer.hold = std::shared_ptr<void>{nullptr, [this, before = std::move(answer.hold)](void*) {
                                            if (!std::exchange(giving_back_, true))
                                                asio::post(context_, [this] {
                                                    giving_back_ = false;
                                                    sys::give_back_memory();
                                                });
                                        }};
    co_return answer;
}

void Running::stop_listening() {
    for (HttpServer* server : {server_.get(), web_.get(), inbound_.get()})
        if (server != nullptr)
            server->stop();
}

/// Where hubs push.
void Running::make_callbacks() {
    callbacks_.emplace(settings_->inbound->most_body,
                       inbound::CallbackPorts{
                           composition_.clock(), log_,
                           [this](std::string_view id) { return engine_->subscription(id); },
                           [this](std::string id, HubQuestion question) {
                               return engine_->answer_hub(std::move(id), std::move(question));
                           },
                           [this](std::string id, Heard heard) {
                               return engine_->hear_hub(std::move(id), std::move(heard));
                           },
                           [this](std::string_view id) { engine_->look_for_hub(id); }, tenure_.has_value()});
    if (!settings_->inbound->url.empty())
        log_.info("websub.ready", "hubs push to " + settings_->inbound->url + std::string{hub_path});
}

/// Where sources hear.
void Running::make_hooks() {
    hooks_ = std::make_shared<inbound::Hooks>(
        *settings_, inbound::HookPorts{composition_.clock(), log_,
                                       [this](const TokenRef& ref) { return composition_.secret(ref); },
                                       [this](std::string source, Heard heard) {
                                           return engine_->hear(std::move(source), std::move(heard));
                                       }});
    hooks_->check_secrets();
}

Running::Answer Running::answer_inbound(LocalRequest request) {
    const engine::Engine::Visit visit = co_await engine_->visit();
    if (inbound::Callbacks::has(request.path))
        co_return co_await callbacks_->handle(std::move(request));
    // They are changed together; a request ends by those that it came to.
    const engine::Configuration held = settings_;
    const std::shared_ptr<inbound::Hooks> hooks = hooks_;
    co_return co_await hooks->handle(std::move(request));
}

/// What sources hear comes in by a door of its own.
Result<> Running::listen_to_others() {
    if (!settings_->inbound || settings_->inbound->listen.empty())
        return {};
    net::ServerLimits limits;
    limits.body = settings_->inbound->most_body;
    // A connection that is kept may end just when the next request is on its way, and few senders try again.
    limits.keep_alive = false;
    limits.connections = inbound_connections;
    limits.bug = [this](std::string_view what) {
        log_.error("inbound.bug", "what was sent has met a fault of crier's: " + std::string{what});
    };
    inbound_ = net::make_http_server(context_.get_executor(), limits);
    for (const ListenAddress& address : settings_->inbound->listen)
        if (const auto listening = inbound_->listen_tcp(address.host, address.port); !listening)
            return listening.error();
    make_hooks();
    make_callbacks();
    for (const SourceSettings& source : settings_->sources)
        if (source.hook)
            log_.info("inbound.listening",
                      source.name + " hears at http://" + to_text(settings_->inbound->listen.front()) +
                          source.hook->path,
                      {{"source", source.name}});
    asio::co_spawn(
        context_,
        inbound_->serve([this](LocalRequest request) { return answer_inbound(std::move(request)); },
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

void Running::on_signal(int signal) {
    if (signal == SIGHUP) {
        reload();
        return;
    }
    log_.info("daemon.stopping", "stopping: what is on its way ends first");
    stopping_ = true;
    taken_up_->ring();
    settled_->ring();
    notify_.stopping();
    if (tenure_)
        tenure_->stop();
    engine_->stop();
}

/// One line for `systemctl status`: a few of those that rest are named.
std::string Running::standing() const {
    constexpr std::size_t most_named = 3;
    std::string resting;
    std::size_t named = 0;
    for (const auto& [name, settings] : settings_->accounts) {
        const engine::Lane* lane = engine_->lane(name);
        const bool held = lane != nullptr && lane->state().state == "held";
        if (lane == nullptr || (!held && !lane->state().paused))
            continue;
        if (++named > most_named) {
            resting += "; and others (`crier status`)";
            break;
        }
        resting += "; " + name + (held ? " is held: " + lane->state().reason : " is paused");
    }
    const std::vector<std::string>& waiting = world_->tally.reloads.restart;
    const std::string restart =
        waiting.empty() ? std::string{} : "; waits for a restart: " + keys_text(waiting);
    return "posting: " + summary(*settings_) + resting + restart + reload_trouble_;
}

/// Once for all that is held or paused at this moment: a thousand tokens may end together.
void Running::tell_standing() {
    if (!notify_.listened_to() || stopping_ || std::exchange(telling_standing_, true))
        return;
    asio::post(context_, [this] {
        telling_standing_ = false;
        if (!stopping_)
            notify_.status(standing());
    });
}

void Running::settle_soon() {
    if (!std::exchange(settling_, true))
        asio::co_spawn(context_, settle_down(), asio::detached);
}

/// What only a start or a reload needs is let go of when it is over: lanes have looked, tokens are asked
/// about, and nobody goes by the configuration from before.
asio::awaitable<void> Running::settle_down() {
    co_await settled_->wait_for(settles_within);
    settling_ = false;
    if (stopping_)
        co_return;
    sys::give_back_memory();
    sys::give_back_code();
}

asio::awaitable<void> Running::daemon() {
    // A dry run has only a copy of the store: what it accepted for somebody would be gone with it.
    if (!options_.dry_run) {
        Result<> listening = listen();
        if (listening)
            listening = listen_to_browsers();
        if (listening)
            listening = listen_to_others();
        if (!listening) {
            code_ = fail(call_, listening.error());
            stop_listening();
            co_return;
        }
    }
    if (options_.dry_run && settings_->inbound)
        log_.info("inbound.off", "a dry run hears nothing: whoever sends would take it for done");
    log_.info("daemon.ready", "ready: " + summary(*settings_));
    notify_.ready(standing());
    engine_->on_standing = [this] { tell_standing(); };
    notify_.feed_watchdog(context_.get_executor(), composition_.clock());
    sys::give_back_memory(); // of the files as they were parsed, and of the store as it was read
    settle_soon();
    co_await engine_->run();
    notify_.end_watchdog();
    stop_listening();
}

asio::awaitable<void> Running::once() {
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

asio::awaitable<void> Running::work() {
    const Result<> begun = co_await engine_->begin();
    if (!begun) {
        code_ = fail(call_, begun.error());
        co_return;
    }
    begin_sharing();
    if (options_.once)
        co_await once();
    else
        co_await daemon();
    co_await end_sharing();
    composition_.http().close_idle(); // or their timers would keep the process for a quarter of a minute
}

int Running::main() {
    const auto access = options_.dry_run ? Composition::Access::copy : Composition::Access::owner;
    std::error_code ignored;
    const bool known =
        is_postgres_address(settings_->store) || std::filesystem::exists(settings_->store, ignored);
    if (const Result<> opened = composition_.open_store(access); !opened) {
        // 4 is said of tokens, and a service manager does not try again then. A folder may be put right at
        // any time.
        const int code = fail(call_, opened.error());
        return code == exit_token ? exit_failed : code;
    }
    if (!known)
        log_.info("store.opened", settings_->store + " is new: nothing is known of what was posted before");
    const std::size_t missing = check_tokens();
    if (options_.once && missing > 0 && missing == settings_->accounts.size())
        return exit_token;
    store_.emplace(composition_.store(), events_);
    world_.emplace(composition_.world(*store_));
    const Result<engine::Configuration> part = take_part();
    if (!part) {
        const int code = fail(call_, part.error());
        return code == exit_token ? exit_failed : code;
    }
    engine_.emplace(context_.get_executor(), *part, *world_);
    sys::Signals signals{context_.get_executor(), [this](int signal) { on_signal(signal); }};
    std::exception_ptr bug;
    asio::co_spawn(context_, work(), [&](std::exception_ptr error) {
        bug = error;
        stopping_ = true; // a reload that waits for the engine would wait for ever
        taken_up_->ring();
        settled_->ring();
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

int run(const Invocation& call, const RunOptions& options) {
    sys::protect_process();
    sys::keep_heap_small();
    auto read = load_settings(call, Tell::warnings_too);
    if (!read)
        return exit_config;
    if (options.dry_run)
        make_dry(*read);
    const auto settings = std::make_shared<const Settings>(std::move(*read));
    sys::LogSink log{settings->log, call.environment};
    Running daemon{call, options, settings, log};
    return daemon.main();
}

} // namespace crier::commands
