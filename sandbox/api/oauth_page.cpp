// The page on which a person allows an application what it asks for.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/content/html.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::string_view out_of_band = "urn:ietf:wg:oauth:2.0:oob";

/// A request for consent, checked.
struct Asked {
    const App* app = nullptr;
    std::string redirect_uri;
    Scopes scopes;
    std::string state;
    std::string challenge;
};

Response page(std::string_view title, std::string_view inside, int status = 200) {
    std::string html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>";
    html += title;
    html +=
        "</title></head>\n<body style=\"font: 1.1rem/1.5 sans-serif; max-width: 34rem; margin: 3rem auto; "
        "padding: 0 1rem\">\n<h1>";
    html += title;
    html += "</h1>\n";
    html += inside;
    html += "\n</body></html>\n";
    Response response = html_reply(std::move(html), status);
    response.set("Cache-Control", "no-store");
    response.set("Content-Security-Policy",
                 "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return response;
}

Response problem(std::string_view text) {
    return page("An error has occurred", "<p>" + escape_html(text) + "</p>", 400);
}

/// An application on the person's own machine listens on whatever port is free (RFC 8252, 7.3; Doorkeeper:
/// lib/doorkeeper/oauth/helpers/uri_checker.rb). "localhost" is none. Empty: it is no such address.
std::string loopback_without_port(const std::string& uri) {
    for (const std::string_view host : {"http://127.0.0.1", "http://[::1]"}) {
        if (!uri.starts_with(host))
            continue;
        std::string rest = uri.substr(host.size());
        if (rest.starts_with(":"))
            rest.erase(0, std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
        if (rest.empty() || rest.front() == '/' || rest.front() == '?')
            return std::string{host} + rest;
    }
    return {};
}

/// Fills `asked`; the page that says what is wrong otherwise. A wrong redirect is never followed.
std::optional<Response> read_request(const Call& call, Asked& asked) {
    const auto text = [&](std::string_view name) { return call.params.text(name).value_or(""); };
    asked.app = call.world.oauth.find(text("client_id"));
    if (asked.app == nullptr)
        return problem("Client authentication failed due to unknown client.");
    asked.redirect_uri = text("redirect_uri");
    const auto& uris = asked.app->redirect_uris;
    const bool any_port = call.world.settings.mastodon();
    if (std::none_of(uris.begin(), uris.end(), [&](const std::string& uri) {
            return uri == asked.redirect_uri ||
                   (any_port && loopback_without_port(uri) == loopback_without_port(asked.redirect_uri) &&
                    !loopback_without_port(uri).empty());
        }))
        return problem("The redirect URI included is not valid.");
    if (text("response_type") != "code")
        return problem("The authorization server does not support this response type.");
    const std::string scope = text("scope");
    asked.scopes = parse_scopes(scope.empty() ? "read" : scope);
    const bool refused =
        call.world.settings.facts().scopes == ScopeUse::refused && families_of(asked.scopes) != asked.scopes;
    if (refused || !includes_all(asked.app->scopes, asked.scopes))
        return problem("The requested scope is invalid, unknown, or malformed.");
    asked.challenge = text("code_challenge");
    const bool knows = call.world.settings.facts().pkce;
    if (knows && !asked.challenge.empty() && text("code_challenge_method") != "S256")
        return problem("The code challenge method must be S256.");
    if (!call.world.settings.facts().pkce)
        asked.challenge.clear(); // older servers know nothing of PKCE
    asked.state = text("state");
    return std::nullopt;
}

std::string hidden(std::string_view name, std::string_view value) {
    return "<input type=\"hidden\" name=\"" + std::string{name} + "\" value=\"" + escape_html(value) +
           "\">\n";
}

Response sent_to(std::string address) {
    Response response = page("Found", "");
    response.status = 302;
    response.set("Location", std::move(address));
    return response;
}

std::string account_choice(const World& world) {
    std::string html = "<p><label>Account: <select name=\"account\">";
    for (const Account& account : world.accounts.all())
        html += "<option>" + escape_html(account.name) + "</option>";
    return html + "</select></label></p>\n";
}

} // namespace

Response get_authorize(Call& call) {
    Asked asked;
    if (auto refused = read_request(call, asked))
        return std::move(*refused);
    std::string form = "<p><b>" + escape_html(asked.app->name) + "</b> asks for:</p>\n<ul>";
    for (const std::string& scope : asked.scopes)
        form += "<li><code>" + escape_html(scope) + "</code></li>";
    form += "</ul>\n<form method=\"post\" action=\"/oauth/authorize\">\n";
    for (const char* name : {"client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge",
                             "code_challenge_method"})
        form += hidden(name, call.params.text(name).value_or(""));
    form += account_choice(call.world) +
            "<button>Authorize</button> <button name=\"decision\" value=\"deny\">Deny</button>\n</form>";
    return page("Authorization required", form);
}

Response post_authorize(Call& call) {
    Asked asked;
    if (auto refused = read_request(call, asked))
        return std::move(*refused);
    const char* const joint = asked.redirect_uri.find('?') == std::string::npos ? "?" : "&";
    const std::string state = asked.state.empty() ? "" : "&state=" + encode_url(asked.state);
    if (call.params.text("decision") == "deny") {
        if (asked.redirect_uri == out_of_band)
            return problem("The resource owner or authorization server denied the request.");
        return sent_to(asked.redirect_uri + joint + "error=access_denied&error_description=" +
                       encode_url("The resource owner or authorization server denied the request.") + state);
    }
    const auto& accounts = call.world.accounts;
    const std::string name = call.params.text("account").value_or("");
    const Account* const account =
        name.empty() && !accounts.all().empty() ? &accounts.all().front() : accounts.find_name(name);
    if (account == nullptr)
        return problem("There is no account of that name.");
    Code code;
    code.value = random_word();
    code.client_id = asked.app->client_id;
    code.account = account->id;
    code.redirect_uri = asked.redirect_uri;
    code.scopes = asked.scopes;
    code.challenge = asked.challenge;
    code.created = call.now;
    const std::string value = code.value;
    call.world.oauth.add(std::move(code), call.now);
    if (asked.redirect_uri == out_of_band)
        return page("Authorization code", "<p>Copy this code and paste it to the application:</p>\n<p><input "
                                          "readonly size=\"50\" value=\"" +
                                              value + "\"></p>\n<p><code>" + value + "</code></p>");
    return sent_to(asked.redirect_uri + joint + "code=" + value + state);
}

} // namespace crier::sandbox
