#include "mastodon/publisher.hpp"

#include "mastodon/errors.hpp"
#include "mastodon/reply.hpp"
#include "mastodon/request.hpp"

#include <algorithm>
#include <utility>

namespace crier::mastodon {

namespace asio = boost::asio;

namespace {

/// On top of the ordinary deadline, for large files on slow lines.
constexpr Duration upload_extra = std::chrono::minutes{4};

class MastodonPublisher final : public Publisher {
public:
    MastodonPublisher(const AccountSettings& account, HttpClient& http, TokenSource& token, Clock& clock)
        : account_(account)
        , http_(http)
        , token_(token)
        , clock_(clock) {}

    asio::awaitable<Result<ServerProfile>> profile() override;
    asio::awaitable<Reply> upload(const Media& media) override;
    asio::awaitable<Reply> media_state(const std::string& media_id) override;
    asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override;
    asio::awaitable<Reply> probe() override;

private:
    /// Sends it with the token; the endpoint's table says what the answer means.
    asio::awaitable<Reply> ask(Endpoint endpoint, HttpRequest request, bool media_unconfirmed,
                               Duration timeout);
    asio::awaitable<Result<ServerProfile>> instance(const char* path);

    const AccountSettings& account_;
    HttpClient& http_;
    TokenSource& token_;
    Clock& clock_;
    bool media_v1_ = false; ///< the server has no /api/v2/media
};

asio::awaitable<Reply> MastodonPublisher::ask(Endpoint endpoint, HttpRequest request, bool media_unconfirmed,
                                              Duration timeout) {
    Result<Secret> token = token_.read();
    if (!token) {
        Reply reply{Verdict::unauthorized, 0, token.error().message};
        reply.hint = token.error().hint;
        co_return reply;
    }
    request.bearer = std::move(*token);
    request.timeout = timeout;
    request.connect_timeout = std::min(request.connect_timeout, timeout);
    const HttpResult result = co_await http_.send(std::move(request));
    co_return result ? classify(endpoint, *result, media_unconfirmed, clock_.now())
                     : classify(endpoint, result.error());
}

/// `not_found` when this server has not got that document.
asio::awaitable<Result<ServerProfile>> MastodonPublisher::instance(const char* path) {
    HttpRequest request = get_request(account_.server, path);
    request.timeout = account_.delivery.timeout;
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result)
        co_return result.error().failure;
    const std::string where = account_.server + path;
    if (result->status == 200)
        if (auto profile = read_instance(result->body))
            co_return std::move(*profile);
    if (result->status >= 500 || result->status == 429)
        co_return Failure{Cause::temporary, where + " answered " + std::to_string(result->status)};
    if (result->status >= 300 && result->status < 400)
        co_return Failure{Cause::server, where + " points to " + std::string{result->header("Location")},
                          "put the address where the API answers under `server:`"};
    co_return Failure{Cause::not_found,
                      where + " answered " + std::to_string(result->status) + " and no instance document",
                      "is " + account_.server + " a server that speaks the Mastodon API?"};
}

asio::awaitable<Result<ServerProfile>> MastodonPublisher::profile() {
    Result<ServerProfile> second = co_await instance("/api/v2/instance");
    if (second || second.error().cause != Cause::not_found)
        co_return second;
    co_return co_await instance("/api/v1/instance");
}

asio::awaitable<Reply> MastodonPublisher::upload(const Media& media) {
    const Duration timeout = account_.delivery.timeout + upload_extra;
    if (!media_v1_) {
        Reply reply = co_await ask(Endpoint::upload, media_request(account_.server, "/api/v2/media", media),
                                   false, timeout);
        if (reply.verdict != Verdict::not_found)
            co_return reply;
        media_v1_ = true;
    }
    Reply reply = co_await ask(Endpoint::upload, media_request(account_.server, "/api/v1/media", media),
                               false, timeout);
    // v1 answers when all is done; some servers leave the address out all the same.
    if (reply.verdict == Verdict::media_pending && reply.http == 200)
        reply.verdict = Verdict::media_ready;
    co_return reply;
}

asio::awaitable<Reply> MastodonPublisher::media_state(const std::string& media_id) {
    co_return co_await ask(Endpoint::media_state, get_request(account_.server, "/api/v1/media/" + media_id),
                           false, account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::publish(const PostContent& content, const std::string& key) {
    const bool unconfirmed = std::any_of(content.media.begin(), content.media.end(),
                                         [](const Media& media) { return !media.processed; });
    co_return co_await ask(Endpoint::publish, status_request(account_.server, content, key), unconfirmed,
                           account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::probe() {
    co_return co_await ask(Endpoint::probe, get_request(account_.server, "/api/v1/apps/verify_credentials"),
                           false, account_.delivery.timeout);
}

} // namespace

std::unique_ptr<Publisher> make_publisher(const AccountSettings& account, HttpClient& http,
                                          TokenSource& token, Clock& clock) {
    return std::make_unique<MastodonPublisher>(account, http, token, clock);
}

} // namespace crier::mastodon
