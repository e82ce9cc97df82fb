// Applications, tokens and what is said about them.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

Response oauth_error(int status, std::string_view error, std::string_view description) {
    json::object body;
    body["error"] = error;
    body["error_description"] = description;
    Response response = json_reply(body, status);
    response.set("Cache-Control", "no-store");
    return response;
}

std::string from_base64(std::string_view text) {
    std::vector<unsigned char> bytes(text.size() + 4);
    const std::basic_string<unsigned char> in(text.begin(), text.end());
    const int n = EVP_DecodeBlock(bytes.data(), in.data(), static_cast<int>(in.size()));
    std::string out;
    for (int i = 0; i < n && bytes[static_cast<std::size_t>(i)] != 0; ++i)
        out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
    return out;
}

/// Who the client says it is: in the body, or by HTTP Basic.
struct Client {
    std::string id;
    std::string secret;
};

Client client_of(const Call& call) {
    Client client{call.params.text("client_id").value_or(""), call.params.text("client_secret").value_or("")};
    constexpr std::string_view basic = "Basic ";
    const std::string_view header = call.request.header("Authorization");
    if (client.secret.empty() && header.substr(0, basic.size()) == basic) {
        const std::string pair = from_base64(header.substr(basic.size()));
        const auto colon = pair.find(':');
        if (colon != std::string::npos)
            client = {decode_url(pair.substr(0, colon)), decode_url(pair.substr(colon + 1))};
    }
    return client;
}

/// Null: unknown, or the secret is wrong. There are no public clients: PKCE does not replace the secret.
const App* known_client(const Call& call) {
    const Client client = client_of(call);
    const App* const app = call.world.oauth.find(client.id);
    return app != nullptr && app->client_secret == client.secret ? app : nullptr;
}

/// Pleroma: lib/pleroma/web/o_auth/o_auth_view.ex; snac: mastoapi.c; Passport: league/oauth2-server.
Response token_reply(const Call& call, const Token& token) {
    json::object body;
    body["access_token"] = token.value;
    body["token_type"] = "Bearer";
    const Account* const account = call.world.accounts.find(token.account);
    switch (call.world.settings.facts().token_reply) {
    case TokenReply::pleroma:
        body["id"] = 1;
        body["expires_in"] = 3'153'600'000;
        body["refresh_token"] = token.value + "-refresh";
        if (account != nullptr)
            body["me"] = call.world.base_url + "/users/" + account->name;
        break;
    case TokenReply::passport:
        body["expires_in"] = 31'536'000;
        body["refresh_token"] = token.value + "-refresh";
        break;
    case TokenReply::snac:
        if (call.params.has("scope"))
            body["scope"] = call.params.text("scope").value_or("");
        break;
    case TokenReply::mastodon:
        break;
    }
    if (call.world.settings.facts().token_reply <= TokenReply::pleroma)
        body["scope"] = join_scopes(token.scopes);
    if (call.world.settings.facts().token_reply != TokenReply::passport)
        body["created_at"] = unix_seconds(token.created);
    Response response = json_reply(body);
    response.set("Cache-Control", "no-store");
    return response;
}

/// The same token for the same application, account and scopes.
Response grant(Call& call, const App& app, const std::string& account, const Scopes& scopes) {
    Token token;
    token.account = account;
    token.app = app.client_id;
    token.scopes = call.world.settings.facts().scopes == ScopeUse::families ? families_of(scopes) : scopes;
    token.created = call.now;
    if (const Token* const old = call.world.accounts.same_grant(token))
        return token_reply(call, *old);
    token.value = random_word();
    return token_reply(call, call.world.accounts.put_token(std::move(token)));
}

Response redeem_code(Call& call, const App& app) {
    const OAuth::Redeemed redeemed = call.world.oauth.redeem(
        call.params.text("code").value_or(""), app.client_id, call.params.text("redirect_uri").value_or(""),
        call.params.text("code_verifier").value_or(""), call.now);
    if (redeemed.verdict != CodeVerdict::good)
        return oauth_error(
            400, "invalid_grant",
            "The provided authorization grant is invalid, expired, revoked, does not match the "
            "redirection URI used in the authorization request, or was issued to another client.");
    return grant(call, app, redeemed.code.account, redeemed.code.scopes);
}

/// A scheme and something behind it; out-of-band is written so too.
bool absolute_uri(const std::string& uri) {
    const auto colon = uri.find(':');
    return colon != std::string::npos && colon > 0 && colon + 1 < uri.size() && uri.size() <= 2000 &&
           uri.find_first_of("\r\n\t \"<>") == std::string::npos;
}

std::vector<std::string> read_redirects(const Params& params) {
    std::vector<std::string> uris = params.list("redirect_uris").value_or(std::vector<std::string>{});
    std::string text = params.text("redirect_uris").value_or("");
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of("\r\n ", at), text.size());
        if (end > at)
            uris.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return uris;
}

json::array as_array(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts)
        list.emplace_back(text);
    return list;
}

/// `profile` came with Mastodon 4.3. What cannot be granted is found out at the consent.
bool has_scope(const Settings& settings, const std::string& scope) {
    if (scope == "profile" && settings.mastodon() && !settings.mastodon(403))
        return false;
    if (scope == "read:media" && settings.facts().media_scope != scope)
        return false; // Pleroma's own
    return known_scope(scope);
}

json::object app_json(const Settings& settings, const App& app) {
    json::object body;
    body["id"] = app.id;
    body["name"] = app.name;
    body["website"] = app.website.empty() ? json::value(nullptr) : json::value(app.website);
    std::string joined;
    for (const std::string& uri : app.redirect_uris)
        joined += (joined.empty() ? "" : "\n") + uri;
    body["redirect_uri"] = joined;
    body["client_id"] = app.client_id;
    body["client_secret"] = app.client_secret;
    body["vapid_key"] = "";
    if (settings.mastodon(403)) {
        body["scopes"] = as_array(app.scopes);
        body["redirect_uris"] = as_array(app.redirect_uris);
    }
    if (settings.mastodon(404))
        body["client_secret_expires_at"] = 0;
    return body;
}

} // namespace

Response post_app(Call& call) {
    const Settings& settings = call.world.settings;
    App app;
    app.name = call.params.text("client_name").value_or("");
    app.website = call.params.text("website").value_or("");
    app.redirect_uris = read_redirects(call.params);
    app.scopes = parse_scopes(call.params.text("scopes").value_or("read"));
    if (app.name.empty() || app.name.size() > 60)
        return error_reply(
            call, settings.facts().refusal,
            "Validation failed: Application name can't be blank, or longer than 60 characters");
    if (app.redirect_uris.empty() ||
        !std::all_of(app.redirect_uris.begin(), app.redirect_uris.end(), absolute_uri))
        return refusal(call, words::redirect_uri);
    if (!std::all_of(app.scopes.begin(), app.scopes.end(),
                     [&](const std::string& scope) { return has_scope(settings, scope); }))
        return error_reply(call, settings.facts().refusal,
                           "Validation failed: Scopes doesn't match configured on the server.");
    app.client_id = random_word();
    app.client_secret = random_word();
    app.id = call.world.ids.next(call.now, settings.facts().ids);
    return json_reply(app_json(settings, call.world.oauth.add(std::move(app))));
}

Response post_token(Call& call) {
    const std::string grant_type = call.params.text("grant_type").value_or("");
    if (grant_type.empty())
        return oauth_error(400, "invalid_request", "Missing required parameter: grant_type.");
    if (grant_type != "authorization_code" && grant_type != "client_credentials")
        return oauth_error(400, "unsupported_grant_type",
                           "The authorization grant type is not supported by the authorization server.");
    const App* const app = known_client(call);
    if (app == nullptr)
        return oauth_error(401, "invalid_client",
                           "Client authentication failed due to unknown client, no client authentication "
                           "included, or unsupported authentication method.");
    if (grant_type == "authorization_code")
        return redeem_code(call, *app);
    const Scopes scopes = parse_scopes(call.params.text("scope").value_or("read"));
    if (!includes_all(app->scopes, scopes))
        return oauth_error(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.");
    return grant(call, *app, {}, scopes);
}

Response post_revoke(Call& call) {
    const App* const app = known_client(call);
    const std::string value = call.params.text("token").value_or("");
    const Token* const token = call.world.accounts.token(value);
    if (app == nullptr || (token != nullptr && token->app != app->client_id))
        return oauth_error(403, "unauthorized_client", "You are not authorized to revoke this token");
    (void)call.world.accounts.revoke(value);
    return json_reply(json::object{});
}

Response get_metadata(Call& call) {
    const Facts& facts = call.world.settings.facts();
    if (!facts.oauth_metadata)
        return exception_reply(call, 404);
    const std::string& base = call.world.base_url;
    json::object body;
    body["issuer"] = base + "/";
    body["authorization_endpoint"] = base + "/oauth/authorize";
    body["token_endpoint"] = base + "/oauth/token";
    body["revocation_endpoint"] = base + "/oauth/revoke";
    body["app_registration_endpoint"] = base + "/api/v1/apps";
    body["scopes_supported"] = {"read",          "write",         "write:statuses", "write:media",
                                "read:statuses", "read:accounts", "profile",        "follow",
                                "push",          "write:accounts"};
    body["response_types_supported"] = json::array{"code"};
    body["response_modes_supported"] = {"query", "fragment", "form_post"};
    body["grant_types_supported"] = {"authorization_code", "client_credentials"};
    json::array methods{"client_secret_post"};
    if (facts.mastodon != 0) // Iceshrimp.NET: OAuthAuthorizationServerResponse.cs
        methods.emplace_back("client_secret_basic");
    body["token_endpoint_auth_methods_supported"] = std::move(methods);
    if (facts.pkce)
        body["code_challenge_methods_supported"] = json::array{"S256"};
    return json_reply(body);
}

} // namespace crier::sandbox
