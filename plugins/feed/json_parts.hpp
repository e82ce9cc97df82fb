#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crier::feed {

/// A JSON Feed taken apart without reading it, so that there is never more of it in memory than one item, and
/// one broken item costs none of the others.
class JsonParts {
public:
    /// Begins at the document's '{'.
    explicit JsonParts(std::string_view document);

    /// Whether there is a list "items" at the top.
    [[nodiscard]] bool has_items() const { return items_ != std::string_view::npos; }
    /// The document with an empty list of items, completed where it breaks off.
    [[nodiscard]] std::string without_items() const;
    /// The next element of the list as it stands; nothing: that was all.
    [[nodiscard]] std::optional<std::string_view> next_item();
    /// Whether the document ends where it should.
    [[nodiscard]] bool complete() const { return complete_; }

private:
    std::string_view text_;
    std::size_t items_ = std::string_view::npos; ///< where the list begins, past its '['
    std::size_t at_ = 0;
    std::size_t items_end_ = 0; ///< past its ']'
    bool complete_ = false;
};

/// Makes JSON that a strict reader refuses into such as it takes: line breaks and tabs inside strings, halves
/// of surrogate pairs, commas at the end of lists.
[[nodiscard]] std::string mend_json(std::string_view json);

} // namespace crier::feed
