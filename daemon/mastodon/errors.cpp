#include "mastodon/errors.hpp"

#include "mastodon/hints.hpp"
#include "mastodon/rates.hpp"
#include "mastodon/reply.hpp"
#include "mastodon/words.hpp"

#include <string>
#include <string_view>

namespace crier::mastodon {
namespace {

/// Who has answered: the API itself, with a JSON `error`, or whatever stands before it.
enum class By { anyone, api, other };

/// One rule: which answers it is for, and what they mean. `hint` null: hint_for() finds one by the words.
struct Rule {
    Endpoint endpoint;
    int status; ///< 0: all other 4xx
    By by;
    Verdict verdict;
    const char* hint;
};

constexpr auto publish = Endpoint::publish;
constexpr auto upload = Endpoint::upload;
constexpr auto media_state = Endpoint::media_state;
constexpr auto edit = Endpoint::edit;
constexpr auto remove = Endpoint::remove;
constexpr auto pin = Endpoint::pin;
constexpr auto probe = Endpoint::probe;

/// Every 4xx but 429; the first rule that fits counts. 2xx, 3xx, 429, 5xx and replayed errors are sorted in
/// classify().
constexpr Rule rules[] = {
    {publish, 401, By::anyone, Verdict::unauthorized, nullptr},
    {publish, 403, By::anyone, Verdict::forbidden, nullptr},
    {publish, 404, By::api, Verdict::not_found, hints::gone},
    {publish, 410, By::api, Verdict::not_found, hints::shut_down},
    // A page instead of an error of the API: the API is not there. That says nothing about this post, and
    // nothing about an earlier attempt.
    {publish, 404, By::other, Verdict::forbidden, hints::no_api},
    {publish, 405, By::anyone, Verdict::forbidden, hints::no_api},
    {publish, 410, By::other, Verdict::forbidden, hints::no_api},
    {publish, 406, By::anyone, Verdict::refused, hints::wrong_form},
    {publish, 408, By::anyone, Verdict::unknown, ""},
    {publish, 409, By::anyone, Verdict::busy, ""}, // Pleroma's lock: the same key is being worked on
    {publish, 413, By::anyone, Verdict::refused, hints::too_large},
    {publish, 418, By::anyone, Verdict::refused, hints::no_agent},
    {publish, 425, By::anyone, Verdict::not_sent, ""},
    {publish, 0, By::anyone, Verdict::refused, nullptr},

    {upload, 401, By::anyone, Verdict::unauthorized, nullptr},
    {upload, 403, By::anyone, Verdict::forbidden, nullptr},
    {upload, 404, By::api, Verdict::not_found, hints::no_media_api},
    {upload, 405, By::api, Verdict::not_found, hints::no_media_api},
    // A page: perhaps this server has no such address, perhaps the API is not there for now.
    {upload, 404, By::other, Verdict::unknown, hints::no_api},
    {upload, 405, By::other, Verdict::unknown, hints::no_api},
    {upload, 408, By::anyone, Verdict::unknown, ""},
    {upload, 413, By::anyone, Verdict::media_failed, hints::file_too_large},
    {upload, 415, By::anyone, Verdict::media_failed, hints::bad_file},
    {upload, 400, By::anyone, Verdict::media_failed, hints::bad_file}, // GoToSocial: over its limit
    {upload, 422, By::anyone, Verdict::media_failed, hints::bad_file},
    {upload, 425, By::anyone, Verdict::not_sent, ""},
    {upload, 0, By::anyone, Verdict::refused, nullptr},

    {media_state, 401, By::anyone, Verdict::unauthorized, nullptr},
    {media_state, 403, By::anyone, Verdict::forbidden, nullptr},
    {media_state, 404, By::anyone, Verdict::media_gone, ""},
    {media_state, 410, By::anyone, Verdict::media_gone, ""},
    {media_state, 408, By::anyone, Verdict::unknown, ""},
    {media_state, 422, By::anyone, Verdict::media_failed, hints::not_processed},
    {media_state, 0, By::anyone, Verdict::refused, nullptr},

    // Of these only the one post suffers: the account goes on.
    {edit, 401, By::anyone, Verdict::unauthorized, nullptr},
    {edit, 404, By::api, Verdict::not_found, ""},
    {edit, 410, By::api, Verdict::not_found, ""},
    {edit, 404, By::other, Verdict::refused, hints::no_edits},
    {edit, 405, By::anyone, Verdict::refused, hints::no_edits},
    {edit, 408, By::anyone, Verdict::unknown, ""},
    {edit, 409, By::anyone, Verdict::busy, ""},
    {edit, 425, By::anyone, Verdict::not_sent, ""},
    {edit, 0, By::anyone, Verdict::refused, nullptr},

    {remove, 401, By::anyone, Verdict::unauthorized, nullptr},
    {remove, 404, By::api, Verdict::not_found, ""},
    {remove, 410, By::api, Verdict::not_found, ""},
    {remove, 408, By::anyone, Verdict::unknown, ""},
    {remove, 409, By::anyone, Verdict::busy, ""},
    {remove, 425, By::anyone, Verdict::not_sent, ""},
    {remove, 0, By::anyone, Verdict::refused, nullptr},

    // The post is published all the same: what cannot be had is said on it, and the account goes on.
    {pin, 401, By::anyone, Verdict::unauthorized, nullptr},
    {pin, 403, By::anyone, Verdict::refused, hints::pin_scope},
    {pin, 404, By::other, Verdict::refused, hints::no_pins},
    {pin, 405, By::anyone, Verdict::refused, hints::no_pins},
    {pin, 408, By::anyone, Verdict::unknown, ""},
    {pin, 409, By::anyone, Verdict::busy, ""},
    {pin, 422, By::anyone, Verdict::refused, hints::pin_limit},
    {pin, 425, By::anyone, Verdict::not_sent, ""},
    {pin, 0, By::anyone, Verdict::refused, ""},

    {probe, 401, By::anyone, Verdict::unauthorized, nullptr},
    // Up to 4.2 a token without `read` is told so: it is alive.
    {probe, 403, By::api, Verdict::alive, ""},
    // A server that cannot be asked: the next post will tell.
    {probe, 404, By::anyone, Verdict::alive, ""},
    {probe, 0, By::anyone, Verdict::unknown, nullptr},
};

Reply made(Verdict verdict, const HttpResponse& response, std::string text, std::string hint) {
    Reply reply{verdict, response.status, std::move(text)};
    reply.hint = std::move(hint);
    return reply;
}

/// A 2xx is what it carries.
Reply success(Endpoint endpoint, const HttpResponse& response) {
    if (endpoint == Endpoint::probe) {
        Reply reply{Verdict::alive, response.status, {}};
        reply.scopes = read_scopes(response.body);
        reply.application = read_application(response.body);
        return reply;
    }
    if (endpoint == Endpoint::remove) // servers differ in what they say; all of them have done it
        return Reply{Verdict::removed, response.status, {}};
    if (endpoint == Endpoint::pin)
        return Reply{Verdict::pinned, response.status, {}};
    if (endpoint == Endpoint::publish || endpoint == Endpoint::edit) {
        auto status = read_status(response.body);
        if (!status)
            return Reply{Verdict::unknown, response.status, "an answer without a status in it"};
        Reply reply{Verdict::published, response.status, {}};
        reply.status = std::move(status);
        return reply;
    }
    const auto attachment = read_attachment(response.body);
    if (!attachment)
        return Reply{Verdict::unknown, response.status, "an answer without an attachment in it"};
    // An upload that has its address is ready, whatever the code (Pleroma says 202 to all of them); one
    // without is looked at again. Then the code alone decides, or a server that never says one would be asked
    // for ever.
    const bool pending = endpoint == Endpoint::upload ? !attachment->has_address
                                                      : response.status == 202 || response.status == 206;
    Reply reply{pending ? Verdict::media_pending : Verdict::media_ready, response.status, {}};
    reply.media_id = attachment->id;
    return reply;
}

/// 303 says that the request was done, or something else with it, and that the answer is elsewhere.
Reply redirected(Endpoint endpoint, const HttpResponse& response) {
    const std::string host = redirect_host(response);
    const bool done = endpoint == Endpoint::publish && response.status == 303;
    return made(done ? Verdict::unknown : Verdict::forbidden, response,
                host.empty() ? "a redirect" : "a redirect to " + host,
                "the address under `server:` is probably not the one where the API answers" +
                    (host.empty() ? std::string{} : "; is it " + host + "?") +
                    " The token was not sent there");
}

Reply server_error(Endpoint endpoint, const HttpResponse& response) {
    const ServerWords words = read_words(response);
    const bool later = response.status == 503 && !response.header("Retry-After").empty();
    if (endpoint == Endpoint::publish) {
        // GoToSocial's overload comes before anything is done. Its words are a literal of its source, and
        // without them a 503 with Retry-After may as well be a proxy that has lost sight of the request.
        if (later && words.by_api && words.text == "server capacity exceeded")
            return made(Verdict::limited, response, words.text, hints::overload);
        // Mastodon's lock on the key, told by the API itself.
        if (response.status == 503 && words.by_api && !later)
            return made(Verdict::busy, response, words.text, "");
        return made(Verdict::unknown, response, words.text, "");
    }
    // Of what was uploaded, not of the server: the same bytes would fail again. A literal of its source.
    if (endpoint == Endpoint::upload && words.by_api &&
        words.text == "Error processing thumbnail for uploaded media")
        return made(Verdict::media_failed, response, words.text, hints::not_processed);
    // A second upload or look does no harm.
    return made(later ? Verdict::limited : Verdict::unknown, response, words.text,
                endpoint == Endpoint::upload && words.by_api ? hints::upload_error : "");
}

/// A repeat after a lost reply. Literals of Mastodon's and GoToSocial's source, in no other language.
bool is_pinned_already(const HttpResponse& response, const ServerWords& words) {
    return response.status == 422 && words.by_api &&
           (words.text == "Duplicate record" || words.text.ends_with("status already pinned"));
}

/// The same of an edit: GoToSocial refuses one that changes nothing.
bool is_edited_already(const HttpResponse& response, const ServerWords& words) {
    return response.status == 422 && words.by_api && words.text.ends_with("status was not changed");
}

/// A token of an application and of no account: nothing of this post, nor of its picture. A literal.
bool is_nobodys_token(const HttpResponse& response, const ServerWords& words) {
    return response.status == 422 && words.by_api &&
           words.text == "This method requires an authenticated user";
}

Reply client_error(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed) {
    const ServerWords words = read_words(response);
    if (is_nobodys_token(response, words) && endpoint != Endpoint::probe)
        return made(Verdict::forbidden, response, words.text, hints::hint_for(response, words));
    // The words that say so are localised: what is known of the media decides.
    if (endpoint == Endpoint::publish && response.status == 422 && media_unconfirmed)
        return made(Verdict::not_ready, response, words.text, "");
    if (endpoint == Endpoint::pin && is_pinned_already(response, words))
        return Reply{Verdict::pinned, response.status, {}};
    if (endpoint == Endpoint::edit && is_edited_already(response, words))
        return Reply{Verdict::published, response.status, {}};
    const By by = words.by_api ? By::api : By::other;
    for (const Rule& rule : rules) {
        if (rule.endpoint != endpoint || (rule.status != 0 && rule.status != response.status) ||
            (rule.by != By::anyone && rule.by != by))
            continue;
        Reply reply = made(rule.verdict, response, words.text,
                           rule.hint != nullptr ? rule.hint : hints::hint_for(response, words));
        reply.by_api = words.by_api;
        return reply;
    }
    return made(Verdict::unknown, response, words.text, "");
}

Reply sorted(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed, Instant now) {
    if (response.status >= 200 && response.status < 300)
        return success(endpoint, response);
    // Pleroma keeps errors under the key and answers a repeat with them: what the first attempt did is open.
    if (endpoint == Endpoint::publish && response.header("idempotent-replayed") == "true")
        return made(Verdict::unknown, response, read_words(response).text, hints::replayed);
    if (response.status >= 300 && response.status < 400)
        return redirected(endpoint, response);
    if (response.status == 429)
        return made(Verdict::limited, response, read_words(response).text, rate_note(response, now));
    if (response.status >= 400 && response.status < 500)
        return client_error(endpoint, response, media_unconfirmed);
    return server_error(endpoint, response);
}

} // namespace

Reply classify(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed, Instant now) {
    Reply reply = sorted(endpoint, response, media_unconfirmed, now);
    reply.rate = read_rates(response, now);
    reply.server_date = server_date(response);
    return reply;
}

Reply classify(const HttpFailure& failure) {
    const Cause cause = failure.failure.cause;
    // Refused on this side, before anything was sent: a token over plain http, and the like.
    const bool refused_here = cause == Cause::config || cause == Cause::permission;
    const Verdict verdict = failure.sent_whole ? Verdict::unknown
                            : refused_here     ? Verdict::forbidden
                                               : Verdict::not_sent;
    Reply reply{verdict, 0, bounded_line(failure.failure.message)};
    reply.hint = failure.failure.hint;
    return reply;
}

} // namespace crier::mastodon
