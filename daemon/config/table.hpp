#pragma once

#include "config/tree.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// The settings table: every key that crier has, once. It drives reading (reader.hpp), defaults, the JSON
/// Schema and docs/CONFIG.md; a key that is not in it does not exist.
namespace crier::config {

class Reader;
struct Path;
struct Section;

/// The shape of a value as it is written.
enum class Type {
    text,
    template_, ///< text with {{ variables }}
    boolean,
    number,
    duration,
    time_of_day, ///< a text in quotes, "23:00"
    zone,
    choice,
    path,
    address,     ///< an http(s) address
    name,        ///< an account's, entry's or source's
    words,       ///< one text or a list of them
    moments,     ///< one moment or a list of them
    publish,     ///< a number, or `all`
    interval,    ///< a duration, or a mapping with bounds of one
    section,     ///< a mapping with the keys of Row::section
    switchable,  ///< such a mapping, or `off`
    section_map, ///< a mapping of names to such mappings
    section_list,
    point,      ///< a list of two numbers from -1 to 1
    targets,    ///< a list of accounts, or a mapping of them to what differs there
    conditions, ///< a mapping of an item's fields to one or several conditions
    settings,   ///< a mapping whose keys are somebody else's
};

/// When a changed value counts after a reload (SIGHUP).
enum class Reload {
    live,      ///< at once
    new_posts, ///< for posts that are made from then on
    restart,
};

/// One key.
struct Row {
    std::string_view key;
    Type type = Type::text;
    std::string_view fallback = {}; ///< the default as it would be written; empty: none
    Reload reload = Reload::live;
    std::string_view doc = {};
    std::string_view example = {};
    bool required = false;
    bool later = false;    ///< known, and not in this version
    bool secret = false;   ///< a plain text in its place may be a secret: its own reader says so
    bool fragment = false; ///< of the top section: may stand in an included file
    std::int64_t least = 0;
    std::int64_t most = 1'000'000'000;
    Duration shortest{};
    Duration longest = std::chrono::hours{24 * 366 * 100};
    std::string_view why_longest = {}; ///< what would go wrong beyond it, where that is not plain
    std::span<const std::string_view> choices = {}; ///< in the order of the enumeration
    const Section& (*section)() = nullptr;

    /// Reads the value into its member of the section's draft; false when there was a problem.
    bool (*read)(Reader& reader, const Row& row, void* draft, Ref value, const Path& path) = nullptr;
    /// Puts the default into it.
    void (*preset)(const Row& row, void* draft) = nullptr;
};

/// The keys of one mapping.
struct Section {
    std::string_view name;  ///< "account": what messages and the schema call it
    std::string_view where; ///< "accounts.NAME": where it stands
    std::string_view doc;
    std::span<const Row> rows;
    bool open = false; ///< further keys belong to somebody else (a source's plugin)
};

const Section& top_section();
const Section& defaults_section();
const Section& account_section();
const Section& account_defaults_section();
const Section& token_section();
const Section& limits_section();
const Section& quiet_section();
const Section& delivery_section();
const Section& evidence_section();
const Section& entry_section();
const Section& missed_section();
const Section& spread_section();
const Section& only_if_section();
const Section& draw_section();
const Section& run_section();
const Section& post_section();
const Section& thread_section();
const Section& media_section();
const Section& question_section();
const Section& cw_rule_section();
const Section& source_section();
const Section& first_run_section();
const Section& poll_section();
const Section& filter_section();
const Section& entry_target_section();
const Section& source_target_section();
const Section& fuse_section();
const Section& alerts_section();
const Section& webhook_section();
const Section& heartbeat_section();
const Section& admin_section();
const Section& inbound_section();
const Section& log_section();
const Section& dedupe_section();
const Section& keep_section();

/// All of them, in the order of the documentation.
std::span<const Section* const> all_sections();

/// "a duration such as 90s": what messages say was expected.
[[nodiscard]] std::string expectation(const Row& row);

/// How a value is written, for reference pages: "duration", "`live`, `hold`, `dry`".
[[nodiscard]] std::string shape(const Row& row);

/// "at reload": when a changed value counts.
[[nodiscard]] std::string_view applies(Reload reload);

} // namespace crier::config
