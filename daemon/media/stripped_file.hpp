#pragma once

#include "core/failure.hpp"
#include "core/media/strip.hpp"
#include "media/file_bytes.hpp"

#include <string>
#include <vector>

namespace crier::media {

/// Writes what the pieces say to a new file, a bounded part of it in memory at a time.
///
/// Thread: any; blocks. Errors: temporary, when there is no room or the original became shorter.
[[nodiscard]] Result<> write_pieces(const FileBytes& from, const std::vector<Piece>& pieces,
                                    const std::string& to);

} // namespace crier::media
