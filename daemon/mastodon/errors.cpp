#include "mastodon/errors.hpp"

#include "mastodon/rates.hpp"
#include "mastodon/reply.hpp"

#include <string>
#include <string_view>

namespace crier::mastodon {
namespace {

const char* const token_hint = "the usual mistake is to paste the client key or the client secret instead of "
                               "the access token: on the server open "
                               "Preferences > Development > your application and copy the line \"Your access "
                               "token\"; if the application is gone, "
                               "make a new one";
const char* const scope_hint = "on the server open Preferences > Development > your application, tick "
                               "write:statuses and write:media, save, and "
                               "copy the access token anew (it changes with the scopes)";
const char* const account_hint = "look at the account in a browser: its login may be disabled, suspended, "
                                 "moved, unconfirmed or waiting for "
                                 "approval, or this machine's address may be blocked";

/// One rule: which answers it is for, and what they mean.
struct Rule {
    Endpoint endpoint;
    int status; ///< 0: any
    Verdict verdict;
    const char* hint;
};

/// The first that fits counts. 2xx, 3xx, 429 and 5xx are the same everywhere and stand in classify().
constexpr Rule rules[] = {
    {Endpoint::publish, 401, Verdict::unauthorized, token_hint},
    {Endpoint::publish, 404, Verdict::not_found, ""},
    {Endpoint::publish, 410, Verdict::not_found, "the server is being shut down for good"},
    {Endpoint::publish, 406, Verdict::refused, "the server wants another form of request: please report it"},
    {Endpoint::publish, 408, Verdict::unknown, ""},
    {Endpoint::publish, 409, Verdict::busy, ""}, // Pleroma's lock: the same key is being worked on
    {Endpoint::publish, 413, Verdict::refused, "the request is larger than the server or its proxy takes"},
    {Endpoint::publish, 418, Verdict::refused,
     "GoToSocial answers so to requests without a User-Agent: is a proxy taking it out?"},
    {Endpoint::publish, 425, Verdict::not_sent, ""},
    {Endpoint::upload, 401, Verdict::unauthorized, token_hint},
    {Endpoint::upload, 404, Verdict::not_found, ""},
    {Endpoint::upload, 405, Verdict::not_found, ""},
    {Endpoint::upload, 408, Verdict::unknown, ""},
    {Endpoint::upload, 413, Verdict::media_failed, "the file is larger than the server or its proxy takes"},
    {Endpoint::upload, 400, Verdict::media_failed, ""}, // GoToSocial
    {Endpoint::upload, 422, Verdict::media_failed,
     "the server does not take this file: its type, its size in bytes or in pixels"},
    {Endpoint::media_state, 401, Verdict::unauthorized, token_hint},
    {Endpoint::media_state, 404, Verdict::media_gone, ""},
    {Endpoint::media_state, 422, Verdict::media_failed, "the server could not process this file"},
    {Endpoint::probe, 401, Verdict::unauthorized, token_hint},
    {Endpoint::probe, 403, Verdict::alive, ""}, // up to 4.2 a token without `read` is told so: it is alive
};

Verdict by_class(int status) {
    return status >= 400 && status < 500 ? Verdict::refused : Verdict::unknown;
}

Reply made(Verdict verdict, const HttpResponse& response, std::string hint) {
    Reply reply{verdict, response.status, error_text(response)};
    reply.hint = std::move(hint);
    return reply;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// These words are literals in Mastodon's source, never translated; they choose the hint and nothing else.
std::string forbidden_hint(const HttpResponse& response) {
    const std::string words = error_text(response);
    if (contains(words, "scope"))
        return scope_hint;
    if (contains(words, "confirmed e-mail"))
        return "confirm the account's e-mail address: the server has sent a message to it";
    if (contains(words, "pending approval"))
        return "the account waits for the approval of the server's moderators";
    if (contains(words, "disabled"))
        return "the account's login is disabled, suspended, or the account has moved: log in with a browser "
               "to see";
    return account_hint;
}

/// A 2xx is what it carries.
Reply success(Endpoint endpoint, const HttpResponse& response) {
    if (endpoint == Endpoint::probe)
        return Reply{Verdict::alive, response.status, {}};
    if (endpoint == Endpoint::publish) {
        if (auto status = read_status(response.body)) {
            Reply reply{Verdict::published, response.status, {}};
            reply.status = std::move(status);
            return reply;
        }
        return Reply{Verdict::unknown, response.status, "an answer without a status in it"};
    }
    const auto attachment = read_attachment(response.body);
    if (!attachment)
        return Reply{Verdict::unknown, response.status, "an answer without an attachment in it"};
    // 202 and 206 say that it is being processed, and so does an attachment without an address.
    const bool pending = response.status == 202 || response.status == 206 || !attachment->processed;
    Reply reply{pending ? Verdict::media_pending : Verdict::media_ready, response.status, {}};
    reply.media_id = attachment->id;
    return reply;
}

Reply redirected(const HttpResponse& response) {
    std::string to{response.header("Location")};
    to = to.substr(0, to.find('/', to.find("//") == std::string::npos ? 0 : to.find("//") + 2));
    return made(Verdict::forbidden, response,
                "the address under `server:` is not where the API answers; it points to " + to +
                    ". The token was not sent there");
}

Reply server_error(Endpoint endpoint, const HttpResponse& response) {
    const bool json = contains(response.header("Content-Type"), "json");
    // Mastodon's in-flight lock, GoToSocial's overload: told by the API itself, and not by a proxy that has
    // lost sight of a request.
    if (response.status == 503 && json && endpoint == Endpoint::publish)
        return made(response.header("Retry-After").empty() ? Verdict::busy : Verdict::limited, response, "");
    return made(Verdict::unknown, response, "");
}

Reply client_error(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed) {
    // Pleroma keeps errors under the key and answers a repeat with them: what the first attempt did is open.
    if (endpoint == Endpoint::publish && response.header("idempotent-replayed") == "true")
        return made(Verdict::unknown, response, "");
    if (response.status == 403 && endpoint != Endpoint::probe)
        return made(Verdict::forbidden, response, forbidden_hint(response));
    if (endpoint == Endpoint::publish && response.status == 422 && media_unconfirmed)
        return made(Verdict::not_ready, response, "");
    for (const Rule& rule : rules)
        if (rule.endpoint == endpoint && rule.status == response.status)
            return made(rule.verdict, response, rule.hint);
    return made(by_class(response.status), response, "");
}

} // namespace

Reply classify(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed, Instant now) {
    Reply reply;
    if (response.status >= 200 && response.status < 300)
        reply = success(endpoint, response);
    else if (response.status >= 300 && response.status < 400)
        reply = redirected(response);
    else if (response.status == 429)
        reply = made(Verdict::limited, response, "");
    else if (response.status >= 500)
        reply = server_error(endpoint, response);
    else
        reply = client_error(endpoint, response, media_unconfirmed);
    reply.rate = read_rates(response, now);
    reply.server_date = server_date(response);
    return reply;
}

Reply classify(Endpoint endpoint, const HttpFailure& failure) {
    Reply reply;
    if (failure.failure.cause == Cause::config || failure.failure.cause == Cause::permission) {
        // Refused on this side: plain http to a stranger, a certificate that is not the server's.
        reply = Reply{Verdict::forbidden, 0, failure.failure.message};
    } else if (failure.failure.cause == Cause::not_found && endpoint == Endpoint::upload) {
        reply = Reply{Verdict::media_failed, 0, failure.failure.message}; // the file is not there
    } else {
        reply = Reply{failure.sent_whole ? Verdict::unknown : Verdict::not_sent, 0, failure.failure.message};
    }
    reply.hint = failure.failure.hint;
    return reply;
}

} // namespace crier::mastodon
