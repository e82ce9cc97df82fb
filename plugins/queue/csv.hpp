#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::queue {

/// A row of CSV.
struct Record {
    std::size_t line = 0; ///< from 1: where it begins
    std::vector<std::string> fields;
    bool never_ends = false; ///< the text is at its end within quotes
};

/// CSV as RFC 4180 has it and spreadsheets write it: fields in quotes have line breaks (here always "\n"),
/// separators and doubled quotes in them; lines end as they like. Blank lines are passed over, and so are
/// those that begin with `#`.
class Csv {
public:
    Csv(std::string_view text, char separator)
        : text_(text)
        , separator_(separator) {}

    /// The record's memory is used again. False: the text is at its end.
    bool next(Record& record);
    /// What is to come, from the next row on.
    [[nodiscard]] std::string_view rest();

private:
    void pass_over_lines();
    void read_quoted(std::string& field, Record& record);
    void read_field(std::string& field, Record& record);
    /// Past the end of a line, if one is there.
    bool end_of_line();
    [[nodiscard]] char at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

/// What stands between the fields of the first line that says something: the sign of comma, semicolon, tab
/// and | that is there most often, outside of quotes.
[[nodiscard]] char separator_of_header(std::string_view text);

} // namespace crier::queue
