#include "mastodon/oauth_text.hpp"

#include "core/ascii.hpp"
#include "core/base64.hpp"
#include "core/sha256.hpp"
#include "core/text/plain.hpp"
#include "mastodon/json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_address = 2000;
constexpr std::size_t longest_secret = 4000; // bytes; a token file takes 4 KiB

std::string base64url(std::string_view bytes) {
    std::string text = to_base64(bytes);
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Scheme and host in small letters, without the port that goes without saying.
std::string normal(std::string_view address) {
    const auto scheme = address.find("://");
    if (scheme == std::string_view::npos)
        return {};
    const auto path = std::min(address.find_first_of("/?#", scheme + 3), address.size());
    std::string origin = ascii::lower(address.substr(0, path));
    const std::string_view usual = origin.starts_with("https:") ? ":443" : ":80";
    if (origin.ends_with(usual))
        origin.resize(origin.size() - usual.size());
    return origin + std::string{address.substr(path)};
}

bool is_plain_address(std::string_view address) {
    return address.size() <= longest_address && is_visible(address) &&
           address.find('#') == std::string_view::npos;
}

/// Of the server itself: where its secrets may go.
bool is_own(const std::string& server, const std::string& address) {
    return is_plain_address(address) && address.starts_with(server + "/");
}

/// Where a person's browser may go: the server itself, or any page over TLS.
bool is_page(const std::string& server, const std::string& address) {
    constexpr std::string_view https = "https://";
    if (is_own(server, address))
        return true;
    const std::string_view host = std::string_view{address}.substr(std::min(https.size(), address.size()));
    return is_plain_address(address) && address.starts_with(https) && !host.empty() && host.front() != '/' &&
           host.substr(0, host.find('/')).find('@') == std::string_view::npos;
}

/// Only what is named in a document like this can have been meant for one.
template <class Good>
void take_endpoint(const json::value& document, const char* name, Good good, OAuthEndpoints& endpoints,
                   std::string& endpoint) {
    const std::string said = text_of(at(document, {name}));
    if (said.empty())
        return;
    std::string address = normal(said);
    if (good(address)) {
        endpoint = std::move(address);
        return;
    }
    endpoints.notes.push_back("the server's " + std::string{name} +
                              " is elsewhere or not over TLS and is not used; " + endpoint + " is");
}

bool lists(const json::value* list, std::string_view wanted) {
    return list != nullptr && list->is_array() &&
           std::any_of(list->get_array().begin(), list->get_array().end(),
                       [&](const json::value& one) { return text_of(&one) == wanted; });
}

std::string unescape(std::string_view text) {
    const auto digit = [](char c) {
        return ascii::is_digit(c)                                 ? c - '0'
               : ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f' ? ascii::lower(c) - 'a' + 10
                                                                  : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        out += escaped ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        i += escaped ? 2U : 0U;
    }
    return out;
}

Failure nonsense(const std::string& server, const std::string& what) {
    return Failure{Cause::server, server + " answered without " + what,
                   "is it a server that speaks the Mastodon API? A token can be made by hand as well: "
                   "Preferences > Development"};
}

} // namespace

OAuthEndpoints classic_endpoints(const std::string& server) {
    OAuthEndpoints endpoints;
    endpoints.authorize = server + "/oauth/authorize";
    endpoints.token = server + "/oauth/token";
    endpoints.revoke = server + "/oauth/revoke";
    endpoints.apps = server + "/api/v1/apps";
    return endpoints;
}

std::optional<OAuthEndpoints> read_endpoints(const std::string& server, std::string_view body) {
    const auto document = parse_json(body);
    if (!document || !document->is_object() || text_of(at(*document, {"token_endpoint"})).empty())
        return std::nullopt;
    const auto own = [&](const std::string& address) { return is_own(server, address); };
    const auto page = [&](const std::string& address) { return is_page(server, address); };
    OAuthEndpoints endpoints = classic_endpoints(server);
    take_endpoint(*document, "authorization_endpoint", page, endpoints, endpoints.authorize);
    take_endpoint(*document, "token_endpoint", own, endpoints, endpoints.token);
    take_endpoint(*document, "revocation_endpoint", own, endpoints, endpoints.revoke);
    take_endpoint(*document, "app_registration_endpoint", own, endpoints, endpoints.apps);
    endpoints.pkce = lists(at(*document, {"code_challenge_methods_supported"}), "S256");
    constexpr std::size_t most_scopes = 500;
    const json::value* scopes = at(*document, {"scopes_supported"});
    if (scopes != nullptr && scopes->is_array() && scopes->get_array().size() <= most_scopes)
        for (const json::value& scope : scopes->get_array())
            for (std::string& word : parse_scopes(text_of(&scope)))
                endpoints.scopes.push_back(std::move(word));
    return endpoints;
}

std::string random_text(Random& random, std::size_t words) {
    std::string bytes;
    for (std::size_t i = 0; i < words; ++i)
        for (std::uint64_t bits = random.next(), n = 0; n < sizeof bits; ++n, bits >>= 8U)
            bytes += static_cast<char>(bits & 0xffU);
    return base64url(bytes);
}

std::string code_challenge(std::string_view verifier) {
    Sha256 hash;
    hash.update(verifier);
    const auto digest = hash.finish();
    return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool same_text(std::string_view a, std::string_view b) noexcept {
    bool same = a.size() == b.size();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        same = (a[i] == b[i]) & same; // no &&: it would end early
    return same;
}

std::string form_of(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    std::string form;
    for (const auto& [name, value] : fields) {
        form += form.empty() ? "" : "&";
        form += text::url_encode(name);
        form += '=';
        form += text::url_encode(value);
    }
    return form;
}

std::string authorization_address(const OAuthEndpoints& endpoints, const Authorization& asked) {
    const std::string scope = join_scopes(asked.scopes);
    std::vector<std::pair<std::string_view, std::string_view>> fields{{"response_type", "code"},
                                                                      {"client_id", asked.client_id},
                                                                      {"redirect_uri", asked.redirect_uri},
                                                                      {"scope", scope},
                                                                      {"state", asked.state}};
    if (!asked.challenge.empty()) {
        fields.emplace_back("code_challenge", asked.challenge);
        fields.emplace_back("code_challenge_method", "S256");
    }
    if (asked.force_login)
        fields.emplace_back("force_login", "true");
    const char joint = endpoints.authorize.find('?') == std::string::npos ? '?' : '&';
    return endpoints.authorize + joint + form_of(fields);
}

std::optional<Secret> code_in(std::string_view pasted) {
    std::string_view text = ascii::trimmed(pasted);
    std::string code{text};
    for (const std::string_view before : {"?code=", "&code="})
        if (const auto found = text.find(before); found != std::string_view::npos) {
            const std::string_view rest = text.substr(found + before.size());
            code = unescape(rest.substr(0, rest.find_first_of("&#")));
        }
    if (code.empty() || code.size() > longest_secret || !is_visible(code))
        return std::nullopt;
    return Secret{std::move(code)};
}

OAuthClient OAuthClient::clone() const {
    OAuthClient copy;
    copy.id = id;
    copy.secret = secret.clone();
    return copy;
}

Result<OAuthClient> read_client(const std::string& server, const HttpResponse& response) {
    OAuthClient client;
    if (const auto body = parse_json(response.body)) {
        client.id = id_of(at(*body, {"client_id"}));
        client.secret = Secret{text_of(at(*body, {"client_secret"}))};
    }
    const std::string_view secret = client.secret.reveal();
    if (client.id.empty() || secret.empty() || client.id.size() > longest_address ||
        secret.size() > longest_secret || !is_visible(client.id) || !is_visible(secret))
        return nonsense(server, "a client_id and a client_secret to the registration of an application");
    return client;
}

Result<Grant> read_grant(const std::string& server, const HttpResponse& response, const Scopes& asked) {
    Grant grant;
    if (const auto body = parse_json(response.body)) {
        grant.token = Secret{text_of(at(*body, {"access_token"}))};
        const std::string type = text_of(at(*body, {"token_type"}));
        if (!type.empty() && !(type.size() == 6 && ascii::same(type, "bearer")))
            return nonsense(server, "a token of the type Bearer");
        grant.scopes = parse_scopes(text_of(at(*body, {"scope"})));
        const json::value* created = at(*body, {"created_at"});
        constexpr std::int64_t latest = 253'402'300'799; // the year 9999
        if (created != nullptr && created->is_int64() && created->get_int64() > 0 &&
            created->get_int64() <= latest)
            grant.created = Instant{std::chrono::seconds{created->get_int64()}};
    }
    const std::string_view token = grant.token.reveal();
    if (token.empty() || token.size() > longest_secret || !is_visible(token))
        return nonsense(server, "an access_token in it");
    if (grant.scopes.empty())
        grant.scopes = asked;
    return grant;
}

} // namespace crier::mastodon
