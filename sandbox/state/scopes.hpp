#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

using Scopes = std::vector<std::string>;

/// Splits at spaces and "+".
[[nodiscard]] Scopes parse_scopes(std::string_view text);
[[nodiscard]] std::string join_scopes(const Scopes& scopes);

/// "write:statuses" as "write", and each once: for a server whose scopes are no finer.
[[nodiscard]] Scopes families_of(const Scopes& scopes);

/// Whether the server knows such a scope at all.
[[nodiscard]] bool known_scope(std::string_view scope);

/// Whether these include the scope, by itself or by its parent: "write" includes "write:media", and no
/// reading.
[[nodiscard]] bool includes(const Scopes& scopes, std::string_view wanted);
[[nodiscard]] bool includes_all(const Scopes& scopes, const Scopes& wanted);

} // namespace crier::sandbox
