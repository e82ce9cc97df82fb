#pragma once

#include "kit/written.hpp"
#include "queue/options.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crier::queue {

/// From rows to the sink, with what was wrong.
class Items {
public:
    Items(sdk::Sink& sink, const std::vector<Mapping>& fields)
        : sink_(sink)
        , fields_(fields) {}

    /// A row of JSON or YAML: an object, or a text. False: the host has enough.
    bool take(const boost::json::value& row, const std::string& place);
    /// The fields of a row.
    bool take(const std::vector<kit::Written>& fields, const std::string& place);
    /// A row that is none.
    void broken(const std::string& place, const std::string& why);
    /// Throws sdk::Error if there were rows and none could be read.
    void finish() const;

private:
    sdk::Sink& sink_;
    const std::vector<Mapping>& fields_;
    std::size_t taken_ = 0;
    std::string first_trouble_;
};

/// Where a row stands, for people.
[[nodiscard]] inline std::string line(std::size_t number) {
    return "line " + std::to_string(number);
}

} // namespace crier::queue
