#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "plugin/cursor.hpp"
#include "plugin/reader.hpp"
#include "ports/source.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::plugin {

/// Of one look. More is no feed, or one that should not be fetched every quarter of an hour.
inline constexpr std::size_t most_bytes = std::size_t{32} << 20U;

/// What came, before anybody has read it.
struct Document {
    Material material;
    std::string place; ///< where it came from, as people are told: an address without its secrets, or a path
    Cursor cursor;     ///< without the digest; its `own` is what the plugin is given, and of when to look it
                       ///< has what the last document said
    Hub hub;           ///< that a header beside it names
    std::optional<Duration> wait;

    Document() = default; // no aggregate: it travels through coroutines (docs/ARCHITECTURE.md, "Traps")
};

/// What was made of it, and what else is to be fetched for this look.
struct Reading : SourceYield {
    std::vector<std::string> fetches;

    Reading() = default;
};

/// Which files of this machine an item's media may be.
enum class Files {
    none,     ///< a stranger wrote it
    absolute, ///< a program of this machine did
};

/// Takes media away that may not be; with a warning.
void check_files(Parsed& parsed, Files allowed);

/// Adds what a plugin made of one document to what a look gave; its items `in_front` of those that are there.
void add(SourceYield& yield, Parsed parsed, bool in_front = false);

void lengthen(std::optional<Duration>& wait, Duration least);

/// Of a document that has not changed: it says when to look, and names its hub, as it did.
void say_still(SourceYield& yield, const Cursor& cursor);

/// What the look's items and the plugin said of when to look next goes to `cursor` and to `yield`.
void say_when(SourceYield& yield, Cursor& cursor, const Reader& reader, std::optional<Instant> now);

/// Begins where the last look at the same place (`url`) ended: the digest of its document; empty: there was
/// none.
[[nodiscard]] std::string take_up(Document& document, std::string_view cursor, std::string url);

/// Reads one of a look's documents into what the look gives: the addresses of further ones. The plugin's
/// cursor is taken from `cursor`, and put into it, and so is what it says of when to look.
///
/// Errors: the plugin's, with the place.
[[nodiscard]] boost::asio::awaitable<Result<std::vector<std::string>>>
read_into(SourceYield& yield, std::shared_ptr<Reader> reader, Material material, std::string place,
          Cursor& cursor, Files files);

/// The document's items. One that is the same as at the last look is not read again, but where the plugin
/// goes by the clock.
///
/// `last_digest`: of the document of the last look at the same place; empty: there was none.
/// Errors: the plugin's, with the place.
[[nodiscard]] boost::asio::awaitable<Result<Reading>>
read_document(std::shared_ptr<Reader> reader, Document document, std::string last_digest, Files files);

/// Of a look that had one document.
[[nodiscard]] Result<SourceYield> alone(Result<Reading> reading);

} // namespace crier::plugin
