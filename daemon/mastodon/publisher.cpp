#include "mastodon/publisher.hpp"

#include "mastodon/errors.hpp"
#include "mastodon/hints.hpp"
#include "mastodon/rates.hpp"
#include "mastodon/reader.hpp"
#include "mastodon/reply.hpp"
#include "mastodon/request.hpp"
#include "mastodon/sighting.hpp"
#include "mastodon/words.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::mastodon {

namespace asio = boost::asio;

namespace {

/// Bytes a second of the slowest line on which uploads shall still succeed, and the most that is waited for.
constexpr std::uintmax_t slowest = 64U << 10U;
constexpr Duration longest_upload = std::chrono::hours{1};

/// How large a file is that can be sent: a regular one, and readable. Temporary when only this moment is bad.
Result<std::uintmax_t> size_to_send(const std::string& file) {
    // Without waiting: opening a pipe would wait for its writer.
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info {};
    const bool known = fd >= 0 && ::fstat(fd, &info) == 0;
    const int error = known ? 0 : errno;
    if (fd >= 0)
        ::close(fd);
    const bool passing = error == EMFILE || error == ENFILE || error == ENOMEM;
    if (!known)
        return Failure{passing ? Cause::temporary : Cause::not_found,
                       "cannot read " + file + ": " + std::generic_category().message(error)};
    if (!S_ISREG(info.st_mode))
        return Failure{Cause::not_found, "cannot read " + file + ": it is no regular file"};
    return static_cast<std::uintmax_t>(info.st_size);
}

class MastodonPublisher final : public Publisher {
public:
    MastodonPublisher(const AccountSettings& account, HttpClient& http, TokenSource& token, Clock& clock,
                      TokenSource* evidence)
        : account_(account)
        , http_(http)
        , token_(token)
        , clock_(clock)
        , reader_(account, http, clock, evidence) {}

    asio::awaitable<Result<ServerProfile>> profile() override;
    void know(const ServerProfile& profile) override { kind_ = &kind_named(profile.software); }
    asio::awaitable<Reply> upload(const Media& media) override;
    asio::awaitable<Reply> media_state(const std::string& media_id) override;
    asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override;
    asio::awaitable<Reply> edit(const std::string& status_id, const PostContent& content) override;
    asio::awaitable<Reply> remove(const std::string& status_id) override;
    asio::awaitable<Reply> pin(const std::string& status_id, bool pin) override;
    asio::awaitable<Reply> probe() override;
    asio::awaitable<AccountSight> find_account(const std::string& handle) override {
        return reader_.find_account(handle);
    }
    asio::awaitable<Timeline> timeline(const std::string& account_id, Instant since) override {
        return reader_.timeline(account_id, since);
    }
    asio::awaitable<StatusSight> status(const std::string& id) override { return reader_.status(id); }

private:
    /// Sends it with the token, read anew; the endpoint's table says what the answer means.
    asio::awaitable<Reply> ask(Endpoint endpoint, HttpRequest request, bool media_unconfirmed,
                               Duration timeout);
    asio::awaitable<Result<ServerProfile>> instance(const char* path, Secret bearer);

    const AccountSettings& account_;
    HttpClient& http_;
    TokenSource& token_;
    Clock& clock_;
    Reader reader_;
    const ServerKind* kind_ = &kind_named(""); ///< nothing is taken for granted until it is known
    bool media_v1_ = false;                    ///< the server has no /api/v2/media, and has /api/v1/media
};

/// Pleroma's family: 403 to a dead token, where one that lacks a scope is told so in these words; and to the
/// question what it may do, which has no answer without an application, 400.
bool says_dead(Endpoint endpoint, const Reply& reply) {
    if (endpoint == Endpoint::probe && reply.http == 400)
        return true;
    if (reply.http != 403)
        return false;
    return reply.text.starts_with("Invalid credentials") ||
           (reply.verdict == Verdict::forbidden && !reply.text.starts_with("Insufficient permissions"));
}

asio::awaitable<Reply> MastodonPublisher::ask(Endpoint endpoint, HttpRequest request, bool media_unconfirmed,
                                              Duration timeout) {
    const Result<Secret> token = token_.read();
    if (!token) {
        Reply missing{Verdict::unauthorized, 0, token.error().message};
        missing.hint = token.error().hint;
        co_return missing;
    }
    request.bearer = token->clone();
    request.timeout = timeout;
    request.connect_timeout = std::min(request.connect_timeout, timeout);
    request.own_connection = kind_->closes_unsaid;
    HttpResult result = co_await http_.send(std::move(request));
    Reply reply;
    if (result) {
        // Before it is read: words are cut to a length, perhaps in the middle of a token.
        if (result->status >= 300)
            strike_out(result->body, token->reveal());
        reply = classify(endpoint, *result, media_unconfirmed, clock_.now());
        if (kind_->hides_application && endpoint == Endpoint::probe && reply.http == 403)
            reply = Reply{Verdict::alive, reply.http, {}};
        if (kind_->forbids_dead_token && says_dead(endpoint, reply)) {
            reply.verdict = Verdict::unauthorized;
            reply.hint = hints::unauthorized;
        }
    } else {
        reply = classify(result.error());
    }
    strike_out(reply.text, token->reveal());
    strike_out(reply.hint, token->reveal());
    strike_out(reply.application, token->reveal());
    for (std::string& scope : reply.scopes)
        strike_out(scope, token->reveal());
    co_return reply;
}

/// `not_found` when this server has not got that document, `token` when it shows it only to those it knows.
asio::awaitable<Result<ServerProfile>> MastodonPublisher::instance(const char* path, Secret bearer) {
    HttpRequest request = get_request(account_.server, path);
    request.timeout = account_.delivery.timeout;
    request.connect_timeout = std::min(request.connect_timeout, request.timeout);
    request.bearer = std::move(bearer);
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result)
        co_return result.error().failure;
    if (result->status == 200)
        if (auto profile = read_instance(result->body)) {
            know(*profile);
            if (clock_ahead(*result, clock_.now())) // no copy out of a cache
                profile->date = server_date(*result);
            co_return std::move(*profile);
        }
    const std::string answered = account_.server + path + " answered " + std::to_string(result->status);
    if (result->status == 401 || result->status == 403)
        co_return Failure{Cause::token, answered, "the server shows what it allows only to those it knows"};
    if (result->status == 429 || result->status >= 500)
        co_return Failure{Cause::temporary, answered};
    if (result->status >= 300 && result->status < 400) {
        const std::string host = redirect_host(*result);
        co_return Failure{Cause::server, answered + ", a redirect" + (host.empty() ? "" : " to " + host),
                          "put the address where the API answers under `server:`"};
    }
    co_return Failure{Cause::not_found, answered + " and no instance document",
                      "is " + account_.server + " a server that speaks the Mastodon API?"};
}

asio::awaitable<Result<ServerProfile>> MastodonPublisher::profile() {
    Result<ServerProfile> read = co_await instance("/api/v2/instance", Secret{});
    if (!read && read.error().cause == Cause::not_found)
        read = co_await instance("/api/v1/instance", Secret{});
    if (read || read.error().cause != Cause::token)
        co_return read;
    // Limited federation before 4.4: any token of the server's own will do.
    Result<Secret> token = token_.read();
    if (!token)
        co_return read;
    Result<ServerProfile> known = co_await instance("/api/v2/instance", token->clone());
    if (!known && known.error().cause == Cause::not_found)
        known = co_await instance("/api/v1/instance", std::move(*token));
    co_return known;
}

asio::awaitable<Reply> MastodonPublisher::upload(const Media& media) {
    const Result<std::uintmax_t> size = size_to_send(media.to_send());
    if (!size) {
        const bool passing = size.error().cause == Cause::temporary;
        Reply gone{passing ? Verdict::not_sent : Verdict::media_failed, 0, size.error().message};
        if (!passing)
            gone.hint = "put the file there, readable for crier, then `crier outbox retry`";
        co_return gone;
    }
    const std::chrono::seconds on_slow_line{static_cast<std::int64_t>(std::min<std::uintmax_t>(
        *size / slowest, std::chrono::duration_cast<std::chrono::seconds>(longest_upload).count()))};
    const Duration timeout = std::min<Duration>(account_.delivery.timeout + on_slow_line, longest_upload);
    Reply reply;
    if (!media_v1_)
        reply = co_await ask(Endpoint::upload, media_request(account_.server, "/api/v2/media", media), false,
                             timeout);
    if (media_v1_ || reply.http == 404 || reply.http == 405) {
        reply = co_await ask(Endpoint::upload, media_request(account_.server, "/api/v1/media", media), false,
                             timeout);
        media_v1_ = reply.verdict == Verdict::media_ready || reply.verdict == Verdict::media_pending;
        // v1 answers when all is done; some servers leave the address out all the same.
        if (reply.verdict == Verdict::media_pending && reply.http == 200)
            reply.verdict = Verdict::media_ready;
    }
    if (reply.verdict == Verdict::media_pending && kind_->media_at_once)
        reply.verdict = Verdict::media_ready;
    co_return reply;
}

asio::awaitable<Reply> MastodonPublisher::media_state(const std::string& media_id) {
    co_return co_await ask(Endpoint::media_state, media_state_request(account_.server, media_id), false,
                           account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::publish(const PostContent& content, const std::string& key) {
    const bool unconfirmed = std::any_of(content.media.begin(), content.media.end(),
                                         [](const Media& media) { return !media.processed; });
    co_return co_await ask(Endpoint::publish, status_request(account_.server, content, key, *kind_),
                           unconfirmed, account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::edit(const std::string& status_id, const PostContent& content) {
    co_return co_await ask(Endpoint::edit, edit_request(account_.server, status_id, content, *kind_), false,
                           account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::remove(const std::string& status_id) {
    co_return co_await ask(Endpoint::remove, remove_request(account_.server, status_id), false,
                           account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::pin(const std::string& status_id, bool pin) {
    co_return co_await ask(Endpoint::pin, pin_request(account_.server, status_id, pin), false,
                           account_.delivery.timeout);
}

asio::awaitable<Reply> MastodonPublisher::probe() {
    co_return co_await ask(Endpoint::probe, get_request(account_.server, "/api/v1/apps/verify_credentials"),
                           false, account_.delivery.timeout);
}

} // namespace

std::unique_ptr<Publisher> make_publisher(const AccountSettings& account, HttpClient& http,
                                          TokenSource& token, Clock& clock, TokenSource* evidence) {
    return std::make_unique<MastodonPublisher>(account, http, token, clock, evidence);
}

} // namespace crier::mastodon
