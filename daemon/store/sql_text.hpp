#pragma once

#include <string>
#include <string_view>

namespace crier::store {

/// SQL as the tables say it (SQLite's), in PostgreSQL's words: parameters ? and ?N become $N, and which index
/// a table is read by (INDEXED BY, NOT INDEXED) is left to its planner. What is between quotes stays.
[[nodiscard]] std::string for_postgres(std::string_view sql);

/// A text as PostgreSQL takes it: valid UTF-8 without U+0000. Each byte that is neither becomes U+FFFD.
[[nodiscard]] bool is_plain_utf8(std::string_view text) noexcept;
[[nodiscard]] std::string as_plain_utf8(std::string_view text);

} // namespace crier::store
