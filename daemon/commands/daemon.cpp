#include "commands/daemon.hpp"

#include "admin/api.hpp"
#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "core/store_address.hpp"
#include "engine/shares.hpp"
#include "store/owner_lock.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <ostream>
#include <set>
#include <thread>
#include <utility>
#include <variant>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// An outbox of a hundred thousand posts, each as long as servers take them.
constexpr std::size_t most_answer = std::size_t{1} << 30U;

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// What the daemon's server would have made of it.
LocalRequest local_request(const std::string& method, const std::string& path, const std::string& body) {
    LocalRequest request;
    request.method = method;
    request.body = body;
    const auto mark = path.find('?');
    request.path = percent_decode(path.substr(0, mark));
    if (mark == std::string::npos)
        return request;
    std::string_view query = std::string_view{path}.substr(mark + 1);
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        const auto equals = pair.find('=');
        request.query.emplace_back(
            percent_decode(pair.substr(0, equals)),
            equals == std::string_view::npos ? "" : percent_decode(pair.substr(equals + 1)));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
    }
    return request;
}

/// The object of an answer, or the failure that it tells of.
Result<json::object> read_answer(int status, const std::string& body) {
    boost::system::error_code error;
    json::value value = json::parse(body, error);
    if (error || !value.is_object())
        return Failure{Cause::server,
                       "the daemon answered " + std::to_string(status) + " with something that is no JSON"};
    json::object object = std::move(value.get_object());
    if (status >= 200 && status < 300)
        return object;
    const auto text = [&](const char* name) {
        const json::value* found = object.if_contains(name);
        return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
    };
    const json::value* code = object.if_contains("exit");
    const std::int64_t exit = code != nullptr && code->is_int64() ? code->get_int64() : 1;
    Cause cause = status == 404 ? Cause::not_found : Cause::internal;
    for (const Cause one : {Cause::usage, Cause::config, Cause::token, Cause::server, Cause::temporary})
        if (exit_code(one) == exit)
            cause = one;
    return Failure{cause, text("error"), text("hint")};
}

constexpr auto beginning = std::chrono::seconds{3};

bool nobody_listens(const HttpFailure& failure) {
    return failure.phase == HttpPhase::connect && failure.failure.cause != Cause::permission;
}

std::optional<long> owner_of(const Settings& settings) {
    return settings.store.empty() || is_postgres_address(settings.store)
               ? std::nullopt
               : store::OwnerLock::owner_of(settings.store);
}

} // namespace

Result<json::object> Daemon::get(const std::string& path) {
    return call("GET", path, {});
}

Result<json::object> Daemon::post(const std::string& path, const json::object& body) {
    return call("POST", path, json::serialize(body));
}

HttpResult Daemon::send(asio::io_context& context, Composition& composition, const std::string& method,
                        const std::string& path, const std::string& body) {
    HttpRequest request{method, "http://localhost" + path};
    request.unix_socket = settings_.admin_socket;
    request.max_body = most_answer;
    request.body = body;
    if (!body.empty())
        request.headers.emplace_back("Content-Type", "application/json");
    return run_coroutine(context, ask(composition.http(), composition.clock(), std::move(request)));
}

std::optional<json::object> Daemon::status_if_running() {
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call_, settings_, log};
    const HttpResult result = send(context, composition, "GET", "/v1/status", {});
    if (!result)
        return std::nullopt;
    Result<json::object> status = read_answer(result->status, result->body);
    return status ? std::optional{std::move(*status)} : std::nullopt;
}

Result<json::object> Daemon::call(const std::string& method, const std::string& path,
                                  const std::string& body) {
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call_, settings_, log};
    HttpResult result = send(context, composition, method, path, body);
    // One that begins has its store a moment before it listens.
    const auto until = std::chrono::steady_clock::now() + beginning;
    while (!result && nobody_listens(result.error()) && owner_of(settings_) &&
           std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        result = send(context, composition, method, path, body);
    }
    if (result) {
        running_ = true;
        return read_answer(result->status, result->body);
    }
    // Nobody listens: the store itself. A daemon that hangs or refuses is another matter.
    if (nobody_listens(result.error())) {
        running_ = false;
        owner_ = owner_of(settings_);
        if (settings_.accounts.empty())
            return Failure{Cause::config,
                           "no daemon listens at " + settings_.admin_socket +
                               ", and without one nothing can be done while the configuration is wrong",
                           "mend what is named above"};
        return in_store(method, path, body);
    }
    return result.error().failure;
}

/// Does its loop go round? This is answered within half a second, whatever its store and its servers do.
asio::awaitable<bool> Daemon::is_alive(HttpClient& http, Duration patience) {
    HttpRequest request{"GET", "http://localhost/healthz"};
    request.unix_socket = settings_.admin_socket;
    request.own_connection = true;
    request.timeout = patience;
    const HttpResult answer = co_await http.send(std::move(request));
    co_return answer.has_value();
}

/// Ends when the daemon gives no sign of life. One that does may take as long as it needs.
asio::awaitable<void> Daemon::watch(HttpClient& http, Clock& clock) {
    const std::unique_ptr<Alarm> alarm = clock.make_alarm();
    co_await alarm->wait_for(patience_.silent);
    if (!co_await is_alive(http, patience_.first)) {
        call_.err << "the daemon at " << settings_.admin_socket
                  << " has taken the connection and does not answer: it is stopped, or hangs" << std::endl;
        if (!co_await is_alive(http, patience_.last))
            co_return;
    }
    co_await alarm->wait();
}

asio::awaitable<HttpResult> Daemon::ask(HttpClient& http, Clock& clock, HttpRequest request) {
    using namespace asio::experimental::awaitable_operators;
    const bool changes = request.method != "GET";
    asio::awaitable<HttpResult> answer = http.send(std::move(request));
    asio::awaitable<void> silence = watch(http, clock);
    std::variant<HttpResult, std::monostate> first = co_await (std::move(answer) || std::move(silence));
    if (HttpResult* result = std::get_if<HttpResult>(&first))
        co_return std::move(*result);
    co_return HttpFailure{
        HttpPhase::read,
        Failure{Cause::temporary,
                "the daemon at " + settings_.admin_socket + " does not answer" +
                    (changes ? "; what was asked may be done when it goes on" : ""),
                "`ps -o pid,stat,args -C crier` shows whether it is stopped (T): kill -CONT "
                "PID; else `systemctl restart crier`"},
        true};
}

namespace {

/// Of a store that is shared, for a command beside which no daemon runs on this machine.
asio::awaitable<engine::Sharing> sharing_of(Leases& leases, const Settings& settings,
                                            std::vector<std::string> accounts) {
    engine::Sharing all;
    all.shares = engine::shares_of(settings).size();
    all.elsewhere = co_await who_works_on(leases, std::move(accounts));
    std::set<std::string> daemons;
    for (const auto& [account, daemon] : all.elsewhere)
        if (!daemon.empty())
            daemons.insert(daemon);
    all.daemons = daemons.size();
    co_return all;
}

} // namespace

Result<json::object> Daemon::in_store(const std::string& method, const std::string& path,
                                      const std::string& body) {
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call_, settings_, log};
    const auto access = method == "GET" ? Composition::Access::read : Composition::Access::owner;
    if (const Result<> opened = composition.open_store(access); !opened)
        return opened.error();
    engine::World world = composition.world();
    const bool shared = composition.leases() != nullptr;
    if (shared)
        world.sharing = [&](std::vector<std::string> accounts) {
            return sharing_of(*composition.leases(), settings_, std::move(accounts));
        };
    // Nothing of a shared store is this command's own: others do what it asks of theirs.
    const engine::Configuration part =
        shared && access == Composition::Access::owner
            ? std::make_shared<const Settings>(engine::part_of(settings_, engine::shares_of(settings_), {}))
            : engine::borrowed(settings_);
    engine::Engine engine{context.get_executor(), part, world};
    if (const Result<> begun = run_coroutine(context, engine.begin()); !begun)
        return begun.error();
    admin::Api api{engine, composition.clock(), false};
    const LocalResponse answer = run_coroutine(context, api.handle(local_request(method, path, body)));
    return read_answer(answer.status, answer.body);
}

} // namespace crier::commands
