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

/// Fills `asked`; the page that says what is wrong otherwise. A wrong redirect is never followed.
std::optional<Response> read_request(const Call& call, Asked& asked) {
    const auto text = [&](std::string_view name) { return call.params.text(name).value_or(""); };
    asked.app = call.world.oauth.find(text("client_id"));
    if (asked.app == nullptr)
        return problem("Client authentication failed due to unknown client.");
    asked.redirect_uri = text("redirect_uri");
    const auto& uris = asked.app->redirect_uris;
    if (std::find(uris.begin(), uris.end(), asked.redirect_uri) == uris.end())
        return problem("The redirect URI included is not valid.");
    if (text("response_type") != "code")
        return problem("The authorization server does not support this response type.");
    const std::string scope = text("scope");
    asked.scopes = parse_scopes(scope.empty() ? "read" : scope);
    if (!includes_all(asked.app->scopes, asked.scopes))
        return problem("The requested scope is invalid, unknown, or malformed.");
    asked.challenge = text("code_challenge");
    if (!asked.challenge.empty() && text("code_challenge_method") != "S256")
        return problem("The code challenge method must be S256.");
    if (!call.world.settings.since_4_3())
        asked.challenge.clear(); // older servers know nothing of PKCE
    asked.state = text("state");
    return std::nullopt;
}

std::string hidden(std::string_view name, std::string_view value) {
    return "<input type=\"hidden\" name=\"" + std::string{name} + "\" value=\"" + escape_html(value) +
           "\">\n";
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
    form += account_choice(call.world) + "<button>Authorize</button>\n</form>";
    return page("Authorization required", form);
}

Response post_authorize(Call& call) {
    Asked asked;
    if (auto refused = read_request(call, asked))
        return std::move(*refused);
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
    Response response = page("Found", "");
    response.status = 302;
    const char* const joint = asked.redirect_uri.find('?') == std::string::npos ? "?" : "&";
    response.set("Location", asked.redirect_uri + joint + "code=" + value +
                                 (asked.state.empty() ? "" : "&state=" + encode_url(asked.state)));
    return response;
}

} // namespace crier::sandbox
