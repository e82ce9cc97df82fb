#include "net/client.hpp"

#include "net/connector.hpp"
#include "net/deadline.hpp"
#include "net/exchange.hpp"
#include "net/pool.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;

namespace {

constexpr int most_redirects = 5;

struct Proxy {
    std::string host;
    std::string port;
};

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

class Client final : public HttpClient {
public:
    Client(asio::any_io_executor executor, ClientOptions options, Random& random, Resolver* resolver)
        : executor_(executor)
        , options_(std::move(options))
        , random_(random)
        , own_resolver_(resolver == nullptr ? make_system_resolver(executor) : nullptr)
        , connector_(executor, resolver == nullptr ? *own_resolver_ : *resolver, options_.ca_file)
        , pool_(std::move(executor), options_.max_idle_per_host, options_.idle_for) {}

    asio::awaitable<HttpResult> send(HttpRequest request) override;

private:
    [[nodiscard]] asio::awaitable<HttpResult> send_once(const HttpRequest& request, const Url& url);
    [[nodiscard]] std::optional<Proxy> proxy_for(const Url& url) const;

    asio::any_io_executor executor_;
    ClientOptions options_;
    Random& random_;
    std::unique_ptr<Resolver> own_resolver_;
    Connector connector_;
    Pool pool_;
};

std::optional<Proxy> Client::proxy_for(const Url& url) const {
    const std::string& address = url.tls ? options_.https_proxy : options_.http_proxy;
    if (address.empty() || is_loopback_name(url.host))
        return std::nullopt;
    std::string_view rest = options_.no_proxy;
    while (!rest.empty()) {
        std::string_view name = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        while (!name.empty() && (name.front() == ' ' || name.front() == '.'))
            name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ')
            name.remove_suffix(1);
        if (name == "*" || name == url.host ||
            (!name.empty() && ends_with(url.host, "." + std::string{name})))
            return std::nullopt;
    }
    const Result<Url> parsed =
        parse_url(address.find("://") == std::string::npos ? "http://" + address : address);
    if (!parsed)
        return std::nullopt;
    return Proxy{parsed->host, parsed->port};
}

HttpFailure refused(std::string message, std::string hint = {}) {
    return HttpFailure{HttpPhase::resolve, Failure{Cause::config, std::move(message), std::move(hint)},
                       false};
}

std::string origin_key(const HttpRequest& request, const Url& url, const std::optional<Proxy>& proxy) {
    // A connection that may reach private addresses is not lent to a request that may not.
    return (request.unix_socket.empty() ? (url.tls ? "https " : "http ") + url.host + " " + url.port
                                        : "unix " + request.unix_socket) +
           (proxy ? " via " + proxy->host + " " + proxy->port : "") +
           (request.allow_private ? " any" : " public");
}

asio::awaitable<HttpResult> Client::send(HttpRequest request) {
    const Result<Url> parsed = parse_url(request.url);
    if (!parsed)
        co_return HttpFailure{HttpPhase::resolve, parsed.error(), false};
    Url url = *parsed;
    if (!request.bearer.empty() && !url.tls && !is_loopback_name(url.host))
        co_return refused("the token is not sent to " + url.host + " over plain http",
                          "write https:// under `server:`");
    std::string moved_to;
    bool only_permanent = true;
    for (int hops = 0;; ++hops) {
        HttpResult result = co_await send_once(request, url);
        if (!result)
            co_return result;
        const int status = result->status;
        const bool redirect =
            status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        const bool get = request.method == "GET" || request.method == "HEAD";
        if (!redirect || !request.follow_redirects || !get) {
            result->url = url.text();
            result->moved_to = moved_to;
            co_return result;
        }
        if (hops == most_redirects)
            co_return HttpFailure{
                HttpPhase::read,
                Failure{Cause::server, request.url + " leads from one address to the next without an end"},
                true};
        const Result<Url> next = resolve_url(url, result->header("Location"));
        if (!next)
            co_return HttpFailure{HttpPhase::read, next.error(), true};
        if (url.tls && !next->tls)
            co_return HttpFailure{
                HttpPhase::read,
                Failure{Cause::server, url.text() + " leads from https to plain " + next->text()}, true};
        if (!next->same_origin(url))
            request.bearer = Secret{};
        only_permanent = only_permanent && (status == 301 || status == 308);
        url = *next;
        if (only_permanent)
            moved_to = url.text();
    }
}

asio::awaitable<HttpResult> Client::send_once(const HttpRequest& request, const Url& url) {
    const std::optional<Proxy> proxy = request.unix_socket.empty() ? proxy_for(url) : std::nullopt;
    const std::string key = origin_key(request, url, proxy);
    const auto started = std::chrono::steady_clock::now();
    for (bool fresh = false;; fresh = true) {
        Result<BodySource> body = BodySource::make(request, random_.next());
        if (!body)
            co_return HttpFailure{HttpPhase::write, body.error(), false};
        Result<std::string> head =
            request_head(request, url, *body, options_.user_agent, proxy.has_value() && !url.tls);
        if (!head)
            co_return HttpFailure{HttpPhase::write, head.error(), false};

        std::unique_ptr<ByteStream> stream = fresh ? nullptr : pool_.take(key);
        const bool reused = stream != nullptr;
        if (!reused) {
            Destination to;
            to.url = url;
            to.unix_socket = request.unix_socket;
            to.allow_private = request.allow_private;
            to.timeout = request.connect_timeout;
            if (proxy) {
                to.proxy_host = proxy->host;
                to.proxy_port = proxy->port;
            }
            Connected connected = co_await connector_.connect(std::move(to));
            if (!connected)
                co_return connected.error();
            stream = std::move(*connected);
        }
        const auto spent = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started);
        ByteStream* guarded = stream.get();
        const Deadline deadline{executor_,
                                std::max<Duration>(request.timeout - spent, std::chrono::milliseconds{1}),
                                [guarded] { guarded->close(); }};
        Exchange done =
            co_await exchange(*stream, std::move(*head), *body, request.method == "HEAD", request.max_body);
        if (done.good) {
            if (done.reusable && !deadline.expired())
                pool_.give(key, std::move(stream), done.keep_alive);
            co_return std::move(done.response);
        }
        // A kept connection that its server has closed meanwhile: what was certainly not received may be sent
        // again, and so may what changes nothing.
        const bool harmless = request.method == "GET" || request.method == "HEAD";
        if (reused && !deadline.expired() && !done.any_byte_received && (!done.any_byte_sent || harmless))
            continue;
        Failure failure = std::move(done.failure);
        if (deadline.expired())
            failure = Failure{
                Cause::network,
                "no answer within " +
                    std::to_string(std::chrono::round<std::chrono::seconds>(request.timeout).count()) + " s"};
        failure.message =
            (request.unix_socket.empty() ? url.host : request.unix_socket) + ": " + failure.message;
        const HttpPhase phase = done.whole_request_sent ? HttpPhase::read : HttpPhase::write;
        co_return HttpFailure{phase, std::move(failure), done.whole_request_sent};
    }
}

} // namespace

std::unique_ptr<HttpClient> make_http_client(asio::any_io_executor executor, ClientOptions options,
                                             Random& random, Resolver* resolver) {
    return std::make_unique<Client>(std::move(executor), std::move(options), random, resolver);
}

} // namespace crier::net

namespace crier {

std::string_view HttpResponse::header(std::string_view name) const noexcept {
    const auto same = [](char a, char b) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        };
        return lower(a) == lower(b);
    };
    for (const auto& [field, value] : headers)
        if (std::equal(field.begin(), field.end(), name.begin(), name.end(), same))
            return value;
    return {};
}

} // namespace crier
