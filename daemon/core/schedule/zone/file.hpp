#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone/table.hpp"

#include <string_view>

namespace crier::schedule {

/// Whether these first bytes of a file are those of a zone file at all.
[[nodiscard]] bool is_zone_file(std::string_view bytes) noexcept;

/// Reads a zone file: TZif (RFC 9636), versions 1 to 4. Trusts nothing in it; the failure (Cause::corrupt)
/// says what is wrong, without the file's name. Files that count leap seconds are refused: no clock here
/// does.
[[nodiscard]] Result<ZoneTable> parse_zone_file(std::string_view bytes);

} // namespace crier::schedule
