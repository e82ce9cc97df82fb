#include "core/leak_key.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace crier {
namespace {

/// Of ACCESS_TOKEN_SHA256, TOKEN_URL: about a token, and none.
bool says_something_about_it(std::string_view word) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"algorithm",  "at",     "checksum", "cmd",         "command",  "commit", "count",
         "created",    "digest", "dir",      "endpoint",    "etag",     "exp",    "expires",
         "expiration", "expiry", "file",     "fingerprint", "format",   "hash",   "header",
         "id",         "issuer", "key",      "length",      "lifetime", "limit",  "md",
         "name",       "path",   "prefix",   "ref",         "rev",      "scope",  "scopes",
         "sha",        "size",   "ttl",      "type",        "uri",      "url",    "version"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Where one is in a list, or that a form is one's own.
bool opens_nothing(std::string_view plain) {
    for (const std::string_view end :
         {"nexttoken", "prevtoken", "previoustoken", "pagetoken", "paginationtoken", "cursortoken",
          "continuationtoken", "resumetoken", "synctoken", "csrftoken", "xsrftoken", "authenticitytoken"})
        if (plain.ends_with(end))
            return true;
    return false;
}

std::optional<LeakKey> by_its_end(std::string_view plain) {
    if (plain.ends_with("accesstoken"))
        return LeakKey{Leak::Kind::access_token, Behind::clear_key};
    if (plain.ends_with("clientsecret"))
        return LeakKey{Leak::Kind::client_secret, Behind::clear_key};
    if (plain.ends_with("refreshtoken") || plain.ends_with("bearertoken"))
        return LeakKey{Leak::Kind::token, Behind::clear_key};
    if (plain.ends_with("token") && !opens_nothing(plain))
        return LeakKey{Leak::Kind::token, Behind::other};
    if (plain.ends_with("secret"))
        return LeakKey{Leak::Kind::secret, Behind::other};
    return std::nullopt;
}

/// "token" of "Token2".
std::string without_number(std::string_view word) {
    while (!word.empty() && ascii::is_digit(word.back()))
        word.remove_suffix(1);
    return ascii::lower(word);
}

} // namespace

std::optional<LeakKey> leak_key(std::string_view name) {
    std::vector<std::string> words;
    for (const std::string_view word : ascii::split(name, "_-"))
        words.push_back(without_number(word));
    const auto last = std::find_if(words.rbegin(), words.rend(), [](const std::string& word) {
        return word.ends_with("token") || word.ends_with("secret");
    });
    if (std::any_of(words.rbegin(), last, says_something_about_it))
        return std::nullopt;
    std::string plain;
    for (auto word = words.begin(); word != last.base(); ++word)
        plain += *word;
    return by_its_end(plain);
}

} // namespace crier
