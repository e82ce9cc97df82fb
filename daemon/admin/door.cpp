#include "admin/door.hpp"

#include "admin/answers.hpp"
#include "admin/fields.hpp"
#include "core/ascii.hpp"
#include "core/digest.hpp"
#include "core/hmac.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::string_view bearer = "bearer ";

LocalResponse no(int status, Cause cause, std::string why, std::string hint) {
    LocalResponse answer = refuse(Failure{cause, std::move(why), std::move(hint)});
    answer.status = status;
    return answer;
}

bool reads(const LocalRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

/// Does one of the headers of this name say this word?
bool says(const LocalRequest& request, std::string_view name, std::string_view word) {
    return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
        return header.first == name && ascii::lower(header.second) == word;
    });
}

/// A link on another site may lead to the page: it has nothing in it before somebody has signed in.
bool is_visit(const LocalRequest& request) {
    return reads(request) && request.path == "/" && says(request, "sec-fetch-mode", "navigate");
}

/// Any other scheme is the web server's before us, with a password of its own.
bool is_bearer(std::string_view authorization) {
    return ascii::lower(authorization.substr(0, bearer.size())) == bearer;
}

/// The token of `Authorization: Bearer`.
std::string_view token_in(std::string_view authorization) {
    authorization.remove_prefix(bearer.size());
    while (authorization.starts_with(' '))
        authorization.remove_prefix(1);
    return authorization;
}

/// Those who have shown no token yet give us little to read.
bool is_small(const LocalRequest& request) {
    constexpr std::size_t most = 4096;
    std::size_t length = most + 1;
    const std::string_view said = request.header("content-length");
    const auto read = std::from_chars(said.data(), said.data() + said.size(), length);
    return read.ec == std::errc{} && read.ptr == said.data() + said.size() && length <= most;
}

std::string whole_seconds(Duration duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count());
}

std::string host_of(std::string_view origin) {
    return std::string{origin.substr(origin.find("://") + 3)};
}

/// Whatever their lengths are, how far they agree does not show.
bool is_token(std::string_view given, const Secret& token) {
    return same_in_constant_time(digest_of(given).view(), digest_of(token.reveal()).view());
}

} // namespace

Result<Secret> long_enough(Result<Secret> token) {
    if (token && token->reveal().size() < shortest_token)
        return Failure{Cause::token,
                       "the token of `admin: token:` has fewer than " + std::to_string(shortest_token) +
                           " characters: it could be guessed",
                       "put another one there: `openssl rand -hex 16`"};
    return token;
}

Headers door_headers() {
    return {{"Content-Security-Policy",
             "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "no-referrer"},
            {"Cross-Origin-Resource-Policy", "same-origin"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cache-Control", "no-store"}};
}

/// What a session or a script listens to, for as long as the session lives, or its token is the one.
class Door::Guarded final : public LocalStream {
public:
    /// `key`: of the session; empty: it was opened with the token, whose digest this is.
    Guarded(const Door& door, std::string key, const Digest& token, std::shared_ptr<LocalStream> stream)
        : door_(door)
        , key_(std::move(key))
        , token_(token)
        , stream_(std::move(stream)) {}

    asio::awaitable<std::optional<std::string>> next() override {
        std::optional<std::string> piece = co_await stream_->next();
        if (piece && !(key_.empty() ? door_.is_current(token_) : door_.lives(key_)))
            piece.reset();
        co_return piece;
    }
    void end() override { stream_->end(); }
    [[nodiscard]] bool is_of(std::string_view key) const noexcept { return !key_.empty() && key_ == key; }

private:
    const Door& door_; ///< the server, which has this, goes before it
    std::string key_;
    Digest token_;
    std::shared_ptr<LocalStream> stream_;
};

Door::Door(const AdminWeb& settings, DoorPorts ports)
    : ports_(std::move(ports))
    , cookie_name_("crier_session_" + std::to_string(settings.listen.port)) // cookies do not go by port
    , sessions_(ports_.random) {
    hosts_ = {to_text(settings.listen), "localhost:" + std::to_string(settings.listen.port)};
    for (const std::string& host : hosts_)
        origins_.push_back("http://" + host);
    if (settings.origin.empty())
        return;
    hosts_.push_back(host_of(settings.origin));
    origins_.push_back(settings.origin);
    if (settings.origin.starts_with("https:"))
        secure_origin_ = settings.origin;
}

Result<> Door::check_token() {
    const Result<Secret> token = long_enough(ports_.token->read());
    if (!token)
        return token.error();
    return {};
}

bool Door::is_ours(std::string_view origin) const {
    return std::find(origins_.begin(), origins_.end(), ascii::lower(origin)) != origins_.end();
}

/// Where it was sent to, and by which site's page.
std::optional<LocalResponse> Door::check_place(const LocalRequest& request) const {
    const auto named = std::count_if(request.headers.begin(), request.headers.end(),
                                     [](const auto& header) { return header.first == "host"; });
    if (named != 1 ||
        std::find(hosts_.begin(), hosts_.end(), ascii::lower(request.header("host"))) == hosts_.end())
        return no(421, Cause::permission, "nobody is here by the name that the request has as its Host",
                  "open http://" + hosts_[0] +
                      "/; a tunnel has the same port at both ends, and for a web server "
                      "before it there is `admin: url:`");
    const bool foreign =
        std::any_of(request.headers.begin(), request.headers.end(), [this](const auto& header) {
            return header.first == "origin" && !is_ours(header.second);
        });
    if (foreign)
        return no(403, Cause::permission, "the request comes from another site's page",
                  "only the page from here may ask; for a web server before it there is `admin: url:`");
    if ((says(request, "sec-fetch-site", "cross-site") || says(request, "sec-fetch-site", "same-site")) &&
        !is_visit(request))
        return no(403, Cause::permission, "the request comes from another site's page",
                  "only the page from here may ask");
    return std::nullopt;
}

std::optional<LocalResponse> Door::blocked() const {
    const auto left = wrong_.blocked(ports_.clock.mono());
    if (!left)
        return std::nullopt;
    LocalResponse answer = no(429, Cause::temporary, "too many wrong tokens in the last minute",
                              "look up the right one, and try again in " + whole_seconds(*left) + " s");
    answer.headers.emplace_back("Retry-After", whole_seconds(*left));
    return answer;
}

LocalResponse Door::wrong_token(std::string_view way) {
    wrong_.note(ports_.clock.mono());
    const bool last = wrong_.blocked(ports_.clock.mono()).has_value();
    ports_.log.warning("admin.wrong_token",
                       "somebody has shown a wrong token to the admin interface (" + std::string{way} + ")" +
                           (last ? ": that was often, and for a moment none is looked at" : ""));
    LocalResponse answer =
        no(401, Cause::token, "the token is wrong", "it is the one that `admin: token:` names");
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

std::string Door::key_in(const LocalRequest& request) const {
    for (const auto& [name, value] : request.headers) {
        std::string_view left = name == "cookie" ? std::string_view{value} : std::string_view{};
        while (!left.empty()) {
            std::string_view pair = left.substr(0, left.find(';'));
            left.remove_prefix(std::min(left.size(), pair.size() + 1));
            while (pair.starts_with(' '))
                pair.remove_prefix(1);
            const std::size_t sign = pair.find('=');
            if (sign != std::string_view::npos && pair.substr(0, sign) == cookie_name_)
                return std::string{pair.substr(sign + 1)};
        }
    }
    return {};
}

const Session* Door::session_of(const LocalRequest& request) const {
    const std::string key = key_in(request);
    if (key.empty())
        return nullptr;
    const Result<Secret> token = long_enough(ports_.token->read());
    return token ? sessions_.find(key, digest_of(token->reveal()), ports_.clock.mono()) : nullptr;
}

bool Door::lives(std::string_view key) const {
    const Result<Secret> token = long_enough(ports_.token->read());
    return token && sessions_.find(key, digest_of(token->reveal()), ports_.clock.mono()) != nullptr;
}

bool Door::is_current(const Digest& digest) const {
    const Result<Secret> token = long_enough(ports_.token->read());
    return token && digest_of(token->reveal()) == digest;
}

/// A session's request must come from the page that has signed in.
std::optional<LocalResponse> Door::check_page(const LocalRequest& request, const Session& session) const {
    if (reads(request))
        return std::nullopt;
    if (request.header("origin").empty() && !says(request, "sec-fetch-site", "same-origin") &&
        !says(request, "sec-fetch-site", "none"))
        return no(403, Cause::permission, "the request does not say which page it comes from",
                  "a script shows the token itself: Authorization: Bearer TOKEN");
    if (!same_in_constant_time(request.header("x-crier-csrf"), session.csrf))
        return no(403, Cause::permission, "the request lacks its session's X-Crier-CSRF",
                  "GET /v1/session has it; load the page anew");
    return std::nullopt;
}

std::optional<LocalResponse> Door::check_person(const LocalRequest& request) {
    const Api::Route* route = Api::find_route(request.method, request.path);
    const bool signs_in = request.method == "POST" && request.path == "/v1/session";
    if (signs_in && !is_small(request))
        return no(413, Cause::usage, "a sign-in brings a token and nothing more",
                  "{\"token\": \"...\"}, with its Content-Length");
    if (signs_in)
        return blocked();
    if (route != nullptr && route->is(Api::Route::open))
        return std::nullopt;
    const Result<Secret> token = long_enough(ports_.token->read());
    if (!token)
        return no(503, Cause::temporary, token.error().message, token.error().hint);
    if (const std::string_view authorization = request.header("authorization"); is_bearer(authorization)) {
        if (auto wait = blocked())
            return wait;
        if (!is_token(token_in(authorization), *token))
            return wrong_token(request.method + " " + request.path);
        return std::nullopt;
    }
    if (const Session* session = session_of(request))
        return check_page(request, *session);
    LocalResponse answer =
        no(401, Cause::token, "you are not signed in",
           "a script shows the token (Authorization: Bearer TOKEN), a browser signs in at /");
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

std::optional<LocalResponse> Door::check_head(const LocalRequest& request) {
    if (auto refused = check_place(request))
        return refused;
    return check_person(request);
}

asio::awaitable<LocalResponse> Door::handle(LocalRequest request) {
    const bool bears = is_bearer(request.header("authorization"));
    const std::string key = bears ? std::string{} : key_in(request);
    const Digest token = bears ? digest_of(token_in(request.header("authorization"))) : Digest{};
    if (!key.empty())
        sessions_.touch(key, ports_.clock.mono());
    if (request.path == "/v1/session" && reads(request))
        co_return session(request);
    if (request.path == "/v1/session" && request.method == "POST")
        co_return sign_in(request);
    if (request.path == "/v1/session/end" && request.method == "POST")
        co_return sign_out(request);
    LocalResponse response = co_await ports_.api.handle(std::move(request));
    if (response.stream && (bears || !key.empty()))
        response.stream = guard(std::make_shared<Guarded>(*this, key, token, std::move(response.stream)));
    co_return response;
}

std::shared_ptr<LocalStream> Door::guard(std::shared_ptr<Guarded> stream) {
    std::erase_if(streams_, [](const std::weak_ptr<Guarded>& known) { return known.expired(); });
    streams_.push_back(stream);
    return stream;
}

LocalResponse Door::session(const LocalRequest& request) const {
    json::object object;
    const Session* known = session_of(request);
    object["signed_in"] = known != nullptr;
    if (known != nullptr)
        object["csrf"] = known->csrf;
    object["token_needed"] = true;
    return ok(object);
}

LocalResponse Door::sign_in(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        return refuse(body.error());
    Fields fields{*body};
    const Secret given{fields.text("token")};
    if (given.empty())
        fields.refuse("token", "the token that `admin: token:` names");
    if (const Result<> read = fields.done(); !read)
        return refuse(read.error());
    const Result<Secret> token = long_enough(ports_.token->read());
    if (!token)
        return no(503, Cause::temporary, token.error().message, token.error().hint);
    // Several may have been let in by their heads before the first of them was wrong.
    if (auto wait = blocked())
        return std::move(*wait);
    if (!is_token(given.reveal(), *token))
        return wrong_token("a sign-in");
    const Sessions::Begun begun = sessions_.begin(digest_of(token->reveal()), ports_.clock.mono());
    ports_.log.info("admin.signed_in", "somebody has signed in to the admin interface");
    json::object object;
    object["csrf"] = begun.csrf;
    LocalResponse answer = ok(object);
    answer.headers.emplace_back("Set-Cookie", cookie(begun.key, request));
    return answer;
}

LocalResponse Door::sign_out(const LocalRequest& request) {
    if (const std::string key = key_in(request); !key.empty()) {
        sessions_.end(key);
        for (const std::weak_ptr<Guarded>& stream : streams_)
            if (const auto live = stream.lock(); live && live->is_of(key))
                live->end();
    }
    json::object object;
    object["signed_in"] = false;
    LocalResponse answer = ok(object);
    answer.headers.emplace_back("Set-Cookie", cookie({}, request) + "; Max-Age=0");
    return answer;
}

/// Where the request came through TLS, the cookie never leaves it.
std::string Door::cookie(std::string_view key, const LocalRequest& request) const {
    std::string text = cookie_name_ + "=" + std::string{key} + "; HttpOnly; SameSite=Strict; Path=/";
    if (!secure_origin_.empty() && (ascii::lower(request.header("origin")) == secure_origin_ ||
                                    ascii::lower(request.header("host")) == host_of(secure_origin_)))
        text += "; Secure";
    return text;
}

} // namespace crier::admin
