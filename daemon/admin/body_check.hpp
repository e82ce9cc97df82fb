#pragma once

#include "core/failure.hpp"

#include <string_view>

namespace crier::admin {

/// Is the text one JSON value that says each thing once? Looked at before a tree is made of it: a tree takes
/// the last of two fields of one name, and with thousands in one object that were chosen for it takes
/// seconds.
///
/// Errors: usage, with what is wrong and where.
[[nodiscard]] Result<> check_json(std::string_view text);

} // namespace crier::admin
