#pragma once

#include "store/reading.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <variant>

/// The lines of `crier export`, one JSON object each: docs/MOVING.md says what they are. Fields may be added,
/// never changed; what is empty is left out. Times are RFC 3339 in UTC, digests hexadecimal.
namespace crier::commands {

/// Of the first line and the last.
inline constexpr int export_version = 1;
inline constexpr std::string_view export_begins = "export";
inline constexpr std::string_view export_ends = "end";

[[nodiscard]] boost::json::object export_line(const OriginState& origin);
[[nodiscard]] boost::json::object export_line(const SourceState& source);
[[nodiscard]] boost::json::object export_line(const SourceAccount& account);
[[nodiscard]] boost::json::object export_line(const EntryState& entry);
[[nodiscard]] boost::json::object export_line(const DrawnItem& drawn);
[[nodiscard]] boost::json::object export_line(const AccountState& account);
[[nodiscard]] boost::json::object export_line(const SeenItem& item);
[[nodiscard]] boost::json::object export_line(const Story& story);
[[nodiscard]] boost::json::object export_line(const Tombstone& tombstone);
/// Its pictures as files and addresses, without copies of them and uploads: those are this machine's.
[[nodiscard]] boost::json::object export_line(const store::WholePost& post);

/// A line of a kind that this version does not know.
struct UnknownLine {
    std::string kind;
};

using ExportedRow = std::variant<OriginState, SourceState, SourceAccount, EntryState, DrawnItem, AccountState,
                                 SeenItem, Story, Tombstone, store::WholePost, UnknownLine>;

/// What export_line() wrote. Errors: config, naming the field.
[[nodiscard]] Result<ExportedRow> read_export_line(const boost::json::object& line);

} // namespace crier::commands
