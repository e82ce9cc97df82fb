#pragma once

#include "config/drafts.hpp"
#include "config/problems.hpp"
#include "config/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace crier::config {

/// Reads mappings by the table: one reader for all sections.
///
/// Errors: to Problems; a value that is wrong leaves its member at the default, so that reading goes on.
class Reader {
public:
    explicit Reader(Problems& problems)
        : problems_(problems) {}

    /// Into `draft`, the section's type. Keys that an open section does not have go to `others`. False when
    /// `value` is no mapping or a required key is missing.
    bool fill(const Section& section, void* draft, Ref value, const Path& path,
              std::vector<Ref>* others = nullptr);

    bool value(const Row& row, Ref at, const Path& path, std::string_view& out);
    bool value(const Row& row, Ref at, const Path& path, bool& out);
    bool value(const Row& row, Ref at, const Path& path, int& out);
    bool value(const Row& row, Ref at, const Path& path, Duration& out);
    bool value(const Row& row, Ref at, const Path& path, std::chrono::minutes& out);
    bool value(const Row& row, Ref at, const Path& path, Ref& out); ///< its shape only
    bool choice(const Row& row, Ref at, const Path& path, std::size_t& out);

    /// "expected a duration such as 90s, found a list", with what the mistake most likely is.
    void wrong_type(const Row& row, Ref at, const Path& path);
    void unknown_key(const Section& section, Ref at, const Path& path);
    void not_yet(Ref at, const Path& path, std::string_view what);

    [[nodiscard]] Problems& problems() noexcept { return problems_; }

private:
    void missing_key(const Section& section, const Row& row, Ref at, const Path& path);

    Problems& problems_;
};

/// The row of a key; null when the section has none.
[[nodiscard]] const Row* find_row(const Section& section, std::string_view key);

/// How a value is described in messages: "'soon'", "a list", "nothing".
[[nodiscard]] std::string found(Ref at);

[[nodiscard]] std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

template <class Draft>
[[nodiscard]] Draft preset(const Section& section) {
    Draft draft;
    for (const Row& row : section.rows)
        if (row.preset != nullptr)
            row.preset(row, &draft);
    return draft;
}

} // namespace crier::config
