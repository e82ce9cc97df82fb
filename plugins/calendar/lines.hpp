#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crier::calendar {

/// A content line of iCalendar: NAME;PARAMS:VALUE.
struct Line {
    std::size_t number = 0;  ///< from 1: where in the file it begins
    std::string_view name;   ///< as written; empty: this is no such line, and all of it is the value
    std::string_view params; ///< what stands between name and ':'
    std::string_view value;
};

/// The lines of a calendar, those that were folded put together again. White lines are passed over.
class Lines {
public:
    explicit Lines(std::string_view bytes);

    /// Valid until the next call. Nothing: the text is at its end.
    [[nodiscard]] std::optional<Line> next();
    /// Of the last line, from 1.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }

private:
    std::string_view raw();
    [[nodiscard]] bool goes_on() const noexcept;

    std::string_view rest_;
    std::size_t number_ = 0;
    std::string joined_;
};

/// A parameter's value, without its quotes; empty: there is none. `name` in capitals.
[[nodiscard]] std::string parameter(const Line& line, std::string_view name);

} // namespace crier::calendar
