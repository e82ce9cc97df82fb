#pragma once

#include "core/settings.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What a token may do, against what posting needs (P4: least privilege). Scopes are as the server writes
/// them: "write:media"; a parent holds its children: `write` is `write:statuses`, and much more
/// (docs.joinmastodon.org/api/oauth-scopes).
namespace crier {

using Scopes = std::vector<std::string>;

inline constexpr const char* scope_of_posts = "write:statuses";
inline constexpr const char* scope_of_media = "write:media";
inline constexpr const char* scope_of_pins = "write:accounts";
inline constexpr const char* scope_of_name = "profile"; ///< whose the token is, and nothing else

/// Words with blanks (or commas, or plus signs) between them; each once, in order, a hundred at most. What
/// cannot be a scope (RFC 6749, 3.3: visible ASCII without quotation mark and backslash) is left out: servers
/// name them, and terminals show them.
[[nodiscard]] Scopes parse_scopes(std::string_view text);
/// As OAuth writes them: with a blank between.
[[nodiscard]] std::string join_scopes(const Scopes& scopes);

/// Is it granted, by itself or by a parent?
[[nodiscard]] bool covers(const Scopes& scopes, std::string_view wanted);

/// Whether it administers the server: never a bot's.
[[nodiscard]] bool is_admin_scope(std::string_view scope);

/// The least that the configuration needs of each account's token: to post, to upload where any of its posts
/// can have media, to pin where any is pinned. What is to need more is added here. One pass over all entries.
[[nodiscard]] std::map<std::string, Scopes, std::less<>> needed_scopes(const Settings& settings);
/// Of this one.
[[nodiscard]] Scopes needed_scopes(const Settings& settings, std::string_view account);

/// Without a configuration: to post and to upload.
[[nodiscard]] Scopes usual_scopes();

struct ScopeVerdict {
    Scopes admin;   ///< may administer the server
    Scopes surplus; ///< more than a poster needs; `profile`, and to upload, are never that
    Scopes missing; ///< of what is needed
};
[[nodiscard]] ScopeVerdict judge_scopes(const Scopes& scopes, const Scopes& needed);

} // namespace crier
