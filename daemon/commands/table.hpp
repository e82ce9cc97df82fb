#pragma once

#include <boost/json/object.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace crier::commands {

/// Columns for people: as wide as they must be, two blanks between, nothing after the last.
class Table {
public:
    explicit Table(std::vector<std::string> head);
    void add(std::vector<std::string> row);
    void print(std::ostream& out) const;
    /// The same for a table that comes in pieces: prints what was added since, under the head of the first
    /// piece, in columns that only grow, and forgets it.
    void print_piece(std::ostream& out);
    [[nodiscard]] bool empty() const noexcept { return rows_.size() < 2; }

private:
    using Widths = std::vector<std::size_t>;
    void widen(Widths& widths) const;
    void print(std::ostream& out, const Widths& widths, std::size_t from) const;

    std::vector<std::vector<std::string>> rows_; ///< the head first
    Widths widths_;                              ///< of the pieces so far; empty: none is printed
};

/// The first `width` characters on one line, with an ellipsis where there was more; control characters gone.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t width);

/// A field of an answer, for people: text as it is, anything else as JSON has it; empty where it is null or
/// not there.
[[nodiscard]] std::string text_of(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::string text_of(const boost::json::value& object, std::string_view name);

} // namespace crier::commands
