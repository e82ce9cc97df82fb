#include "net/client.hpp"

#include "core/ascii.hpp"
#include "net/connector.hpp"
#include "net/deadline.hpp"
#include "net/exchange.hpp"
#include "net/pool.hpp"
#include "net/proxy.hpp"
#include "net/redirects.hpp"
#include "net/request_head.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;

namespace {

/// Nothing was sent.
HttpFailure refused(Failure failure) {
    return HttpFailure{HttpPhase::resolve, std::move(failure), false};
}

/// A response that is no use. The request before it was sent and answered.
HttpFailure useless(Failure failure) {
    return HttpFailure{HttpPhase::read, std::move(failure), true};
}

bool is_credential(const std::pair<std::string, std::string>& header) {
    return ascii::same(header.first, "Authorization") || ascii::same(header.first, "Cookie");
}

bool has_credentials(const HttpRequest& request) {
    return !request.bearer.empty() ||
           std::any_of(request.headers.begin(), request.headers.end(), is_credential);
}

/// What proves who we are stays with the address that it was meant for; the token does not even follow there.
void drop_credentials(HttpRequest& request, bool same_origin) {
    request.bearer = Secret{};
    auto& headers = request.headers;
    if (!same_origin)
        headers.erase(std::remove_if(headers.begin(), headers.end(), is_credential), headers.end());
}

bool may_follow(const HttpRequest& request) {
    return request.follow_redirects && request.method == "GET" && request.unix_socket.empty();
}

Reach reach_of(const HttpRequest& request, const Url& url) {
    if (!request.bearer.empty() && !url.tls)
        return Reach::only_loopback;
    return request.allow_private ? Reach::any : Reach::only_public;
}

std::string pool_key(const Destination& to) {
    std::string key;
    key.reserve(128);
    if (!to.unix_socket.empty())
        return key += "unix " + to.unix_socket;
    // A connection that may have gone anywhere is not lent to a request that may not.
    key += std::to_string(static_cast<int>(to.reach));
    key += to.url.tls ? " https " : " http ";
    key += to.url.host;
    key += ' ';
    key += to.url.port;
    if (to.proxy)
        key += " via " + to.proxy->host + ' ' + to.proxy->port;
    return key;
}

/// To ask twice does no harm (RFC 9110, 9.2.2).
bool may_repeat(const HttpRequest& request) {
    return request.method == "GET" && request.body.empty() && request.parts.empty();
}

PoolLimits pool_limits(const ClientOptions& options) {
    PoolLimits limits;
    limits.per_key = options.max_idle_per_host;
    limits.all = options.max_idle;
    limits.idle_for = options.idle_for;
    return limits;
}

class Client final : public HttpClient {
public:
    Client(asio::any_io_executor executor, ClientOptions options, Random& random, Resolver* resolver)
        : executor_(executor)
        , random_(random)
        , own_resolver_(resolver == nullptr ? make_system_resolver(executor) : nullptr)
        , connector_(executor, resolver == nullptr ? *own_resolver_ : *resolver, std::move(options.ca_file))
        , pool_(std::move(executor), pool_limits(options))
        , user_agent_(std::move(options.user_agent)) {
        proxies_.https = std::move(options.https_proxy);
        proxies_.http = std::move(options.http_proxy);
        proxies_.none = std::move(options.no_proxy);
    }

    asio::awaitable<HttpResult> send(HttpRequest request) override;
    void close_idle() override { pool_.clear(); }

private:
    /// One request without its redirects, on a kept connection or a new one; `anew`: on a new one.
    [[nodiscard]] asio::awaitable<HttpResult> send_once(const HttpRequest& request, const Url& url,
                                                        Steady::time_point until, Awake awake,
                                                        bool anew = false);
    [[nodiscard]] Result<Destination> destination(const HttpRequest& request, const Url& url,
                                                  Steady::time_point until) const;

    asio::any_io_executor executor_;
    Random& random_;
    std::unique_ptr<Resolver> own_resolver_;
    Connector connector_;
    Pool pool_;
    std::string user_agent_;
    ProxySettings proxies_;
};

asio::awaitable<HttpResult> Client::send(HttpRequest request) {
    const auto until = Steady::now() + request.timeout;
    const Awake awake{request.timeout};
    Result<Url> url = parse_url(request.url);
    if (!url)
        co_return refused(url.error());
    if (!request.bearer.empty() && !url->tls && !is_loopback_name(url->host))
        co_return refused(Failure{Cause::config, "the token is not sent to " + url->host + " over plain http",
                                  "write https:// under `server:`"});
    Redirects redirects{*url, has_credentials(request)};
    for (;;) {
        HttpResult result = co_await send_once(request, *url, until, awake);
        if (!result)
            co_return result;
        if (!may_follow(request) || !is_redirect(*result)) {
            result->url = url->text();
            result->moved_to = redirects.moved_to();
            co_return result;
        }
        Result<Url> next = redirects.follow(*url, *result);
        if (!next)
            co_return useless(next.error());
        drop_credentials(request, next->same_origin(*url));
        url = std::move(next);
    }
}

Result<Destination> Client::destination(const HttpRequest& request, const Url& url,
                                        Steady::time_point until) const {
    Destination to;
    to.url = url;
    to.unix_socket = request.unix_socket;
    to.reach = reach_of(request, url);
    to.allowed = std::min(request.connect_timeout, request.timeout);
    to.until = std::min(until, Steady::now() + request.connect_timeout);
    if (!to.unix_socket.empty())
        return to;
    Result<std::optional<Proxy>> proxy = proxy_for(url, proxies_);
    if (!proxy)
        return proxy.error();
    to.proxy = std::move(*proxy);
    return to;
}

asio::awaitable<HttpResult> Client::send_once(const HttpRequest& request, const Url& url,
                                              Steady::time_point until, Awake awake, bool anew) {
    // What cannot be asked costs nobody a connection.
    const Result<Destination> to = destination(request, url, until);
    if (!to)
        co_return refused(to.error());
    Result<BodySource> body =
        BodySource::make(request, request.parts.empty() ? std::uint64_t{0} : random_.next());
    if (!body)
        co_return refused(body.error());
    Result<std::string> head =
        request_head(request, url, *body, user_agent_, to->proxy.has_value() && !url.tls);
    if (!head)
        co_return refused(head.error());
    const WipeAtEnd wipe{*head};

    const std::string key = pool_key(*to);
    std::unique_ptr<ByteStream> stream = anew || request.own_connection ? nullptr : pool_.take(key);
    const bool kept = stream != nullptr;
    if (!stream) {
        Connected connected = co_await connector_.connect(*to);
        if (!connected)
            co_return connected.error();
        stream = std::move(*connected);
    }
    // A machine that slept, or a process that stood still, until now: nobody waits for the answer any more,
    // and what may be sent by another by now is not sent.
    if (awake.over())
        co_return HttpFailure{
            HttpPhase::write,
            Failure{Cause::network,
                    url.host + ": the request was not sent within " + to_text(request.timeout),
                    "did the machine sleep?"},
            false};
    ByteStream& open = *stream;
    const Deadline deadline{executor_, until, [&open] { open.close(); }};
    Exchange done = co_await exchange(open, *head, *body, request.method == "HEAD", request.max_body);
    if (done.received.good) {
        if (done.received.reusable && !request.own_connection && !deadline.expired())
            pool_.give(key, std::move(stream), done.received.keep_alive);
        co_return std::move(done.received.response);
    }
    // Closed in the moment in which it was used again (snac closes after each answer, and does not say so).
    if (kept && done.received.nothing && !deadline.expired() && may_repeat(request))
        co_return co_await send_once(request, url, until, awake, true);
    Failure failure = std::move(done.received.failure);
    if (deadline.expired())
        failure = Failure{
            Cause::network,
            (done.sent_whole ? "no whole response within " : "the request could not be sent within ") +
                to_text(request.timeout),
            "is the other side overloaded, or the network slow?"};
    failure.message = (request.unix_socket.empty() ? url.host : request.unix_socket) + ": " + failure.message;
    const HttpPhase phase = done.sent_whole ? HttpPhase::read : HttpPhase::write;
    co_return HttpFailure{phase, std::move(failure), done.sent_whole};
}

} // namespace

std::unique_ptr<HttpClient> make_http_client(asio::any_io_executor executor, ClientOptions options,
                                             Random& random, Resolver* resolver) {
    return std::make_unique<Client>(std::move(executor), std::move(options), random, resolver);
}

} // namespace crier::net
