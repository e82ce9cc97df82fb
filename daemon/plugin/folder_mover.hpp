#pragma once

#include "core/failure.hpp"

#include <string>
#include <vector>

namespace crier::plugin {

/// Puts a file and those that belong to it into a folder beside them (`sent`, `failed`), with a note of these
/// words next to it: "post.md.log" The note comes first and the file last, so that what was cut off in the
/// middle is done again. A name that is taken there gets a number.
///
/// `names`: relative to `folder`, the file first. One that is not there (any more) is no failure.
/// Thread: any that may block.
/// Errors: permission and the like, with what a person can do.
[[nodiscard]] Result<> move_files(const std::string& folder, const std::string& into,
                                  const std::vector<std::string>& names, const std::string& words);

} // namespace crier::plugin
