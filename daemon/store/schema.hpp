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

/// Brings the file to the newest version; a file that has data is first copied to PATH.before-VERSION.
/// Refuses a foreign file and one of a newer crier. What was done goes to `notes`.
[[nodiscard]] Result<> migrate(Database& database, const std::string& path,
                               const std::vector<std::string_view>& steps, std::vector<std::string>& notes);

/// Is the file of a version that this program reads?
[[nodiscard]] Result<> check_version(Database& database, const std::string& path, std::size_t newest);

} // namespace crier::store
