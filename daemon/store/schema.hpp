#pragma once

#include "store/handle.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::store {

/// Marks a file as crier's ("crie").
inline constexpr int application_id = 0x63726965;

/// One step each from version n to n+1; the first makes the tables. Released steps never change.
[[nodiscard]] const std::vector<std::string_view>& migrations();

[[nodiscard]] Result<std::size_t> version_of(Database& database);

/// Refuses a foreign file and one of a newer crier.
[[nodiscard]] Result<> check_version(Database& database, const std::string& path, std::size_t newest);

/// Brings a file that check_version() let pass to the newest version, in one transaction. One that has data
/// is first copied to `backup`, unless that is empty. What was done goes to `notes`.
[[nodiscard]] Result<> migrate(Database& database, const std::string& backup,
                               const std::vector<std::string_view>& steps, std::vector<std::string>& notes);

} // namespace crier::store
