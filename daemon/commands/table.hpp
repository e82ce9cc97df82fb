#pragma once

#include <iosfwd>
#include <string>
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

} // namespace crier::commands
