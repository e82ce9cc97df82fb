#include "mastodon/json.hpp"
#include "mastodon/oauth_text.hpp"
#include "mastodon/rates.hpp"
#include "mastodon/words.hpp"

#include <algorithm>
#include <array>

/// The refusals of OAuth: one table.
namespace crier::mastodon {

namespace {

struct OAuthRule {
    std::string_view code; ///< `error` of the body; empty: any
    int status;            ///< 0: any
    Cause cause;
    const char* hint;
};

constexpr const char* again = "run `crier login` again: a code is good once, for ten minutes, and only for "
                              "the login that asked for it";
constexpr const char* by_hand =
    "make the token by hand instead: Preferences > Development > New application on the server";

constexpr std::array registering_rules{
    OAuthRule{"", 422, Cause::server,
              "perhaps this server does not know one of the scopes: `--scopes write` asks for what every "
              "version knows (more than crier needs)"},
    OAuthRule{"", 403, Cause::permission, by_hand},
    OAuthRule{"", 404, Cause::server,
              "there is no Mastodon API at this address: compare it with the one in the browser"},
};

constexpr std::array redeeming_rules{
    OAuthRule{"invalid_grant", 0, Cause::token, again},
    OAuthRule{"invalid_client", 0, Cause::token,
              "the server has forgotten the application that was just registered: run `crier login` again"},
    OAuthRule{"invalid_scope", 0, Cause::token, "ask for less with --scopes"},
    OAuthRule{"unauthorized_client", 0, Cause::token, by_hand},
    OAuthRule{"unsupported_grant_type", 0, Cause::server, by_hand},
    OAuthRule{"invalid_request", 0, Cause::server, by_hand},
};

constexpr const char* delete_it = "delete the application on the server, which ends its tokens at once: "
                                  "Preferences > Account > Authorized apps, or Preferences > Development";

constexpr std::array revoking_rules{
    OAuthRule{"unauthorized_client", 0, Cause::permission, delete_it},
    OAuthRule{"invalid_client", 0, Cause::permission, delete_it},
    OAuthRule{"", 404, Cause::server, delete_it},
};

template <std::size_t Size>
const OAuthRule* find_rule(const std::array<OAuthRule, Size>& table, std::string_view code, int status) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const OAuthRule& rule) {
        return (rule.code.empty() || rule.code == code) && (rule.status == 0 || rule.status == status);
    });
    return found == table.end() ? nullptr : &*found;
}

const OAuthRule* rule_of(OAuthStep step, std::string_view code, int status) {
    switch (step) {
    case OAuthStep::registering:
        return find_rule(registering_rules, code, status);
    case OAuthStep::redeeming:
        return find_rule(redeeming_rules, code, status);
    case OAuthStep::revoking:
        break;
    }
    return find_rule(revoking_rules, code, status);
}

const char* what_of(OAuthStep step) {
    switch (step) {
    case OAuthStep::registering:
        return " does not register the application";
    case OAuthStep::redeeming:
        return " does not give a token for the code";
    case OAuthStep::revoking:
        break;
    }
    return " does not revoke the token";
}

} // namespace

Failure oauth_failure(OAuthStep step, const std::string& server, const HttpResponse& response, Instant now,
                      const std::vector<std::string_view>& secrets) {
    const auto strike = [&](std::string text) {
        for (const std::string_view secret : secrets)
            strike_out(text, secret);
        return text;
    };
    HttpResponse cleaned;
    cleaned.status = response.status;
    cleaned.headers = response.headers;
    cleaned.body = strike(response.body);
    const ServerWords words = read_words(cleaned);
    const auto body = parse_json(cleaned.body);
    const std::string code = body ? text_of(at(*body, {"error"})) : std::string{};
    const std::string said = strike(words.text);
    std::string message = server + what_of(step) + " (" + std::to_string(response.status) +
                          (said.empty() ? "" : ": " + said) + ")";
    if (response.status >= 300 && response.status < 400) {
        const std::string host = strike(redirect_host(response));
        return Failure{Cause::server, message + (host.empty() ? "" : ", but points to " + host),
                       "log in at the address where the API answers: nothing secret follows a redirect"};
    }
    if (response.status == 429) {
        const RateNews rate = read_rates(response, now);
        std::string when = "try again in ten minutes";
        if (rate.retry_after || rate.reset) {
            const Instant at = rate.retry_after ? now + *rate.retry_after : *rate.reset;
            when = "try again at " + to_rfc3339(std::chrono::ceil<std::chrono::seconds>(at));
        }
        return Failure{Cause::temporary, std::move(message), std::move(when)};
    }
    if (response.status >= 500)
        return Failure{Cause::server, std::move(message),
                       step == OAuthStep::revoking ? std::string{"try again later; or "} + delete_it
                                                   : "try again later"};
    if (const OAuthRule* rule = rule_of(step, code, response.status))
        return Failure{rule->cause, std::move(message), rule->hint};
    return Failure{Cause::server, std::move(message), step == OAuthStep::revoking ? delete_it : by_hand};
}

Failure denied(const std::string& server, std::string_view error, std::string_view words) {
    std::string message = server + " gives no code: " + bounded_line(error);
    if (!words.empty())
        message += " (" + bounded_line(words) + ")";
    const char* hint = error == "access_denied" ? "it was not allowed in the browser; run `crier login` again"
                       : error == "invalid_scope"
                           ? "this server does not know one of the scopes: ask for others with --scopes"
                           : again;
    return Failure{Cause::token, std::move(message), hint};
}

} // namespace crier::mastodon
