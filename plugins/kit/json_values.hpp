#pragma once

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crier::kit {

/// A JSON value of a text, or what should have been one.
struct Found {
    std::size_t line = 0; ///< from 1: where it begins
    std::optional<boost::json::value> value;
    std::string trouble; ///< why there is none
};

/// JSON values one after another, each beginning a line of its own and going over as many lines as it likes:
/// JSON Lines, a list, what `jq` prints. One that is broken costs its first line: the next is tried with what
/// follows.
///
/// A text of any size takes a time in proportion: a value that begins in another one that turns out broken
/// is looked at anew, but the depth of values in values has a bound.
class JsonValues {
public:
    explicit JsonValues(std::string_view text)
        : rest_(text) {}

    /// Nothing: the text is at its end.
    [[nodiscard]] std::optional<Found> next(boost::json::storage_ptr storage);

private:
    void pass_over(std::size_t bytes);

    std::string_view rest_;
    std::size_t line_ = 1;
};

} // namespace crier::kit
