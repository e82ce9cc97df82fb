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
    [[nodiscard]] bool empty() const noexcept { return rows_.size() < 2; }

private:
    std::vector<std::vector<std::string>> rows_; ///< the head first
};

/// The first `width` characters on one line, with an ellipsis where there was more; control characters gone.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t width);

/// A field of an answer, for people: text as it is, anything else as JSON has it; empty where it is null or
/// not there.
[[nodiscard]] std::string text_of(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::string text_of(const boost::json::value& object, std::string_view name);

} // namespace crier::commands
