#pragma once

#include "kit/written.hpp"
#include "queue/options.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::queue {

/// A column of CSV that is a field.
struct Column {
    std::size_t index = 0;
    std::string_view field;
};

/// The columns of this header that count. Throws sdk::Error where one that was stated is missing, or none
/// counts.
[[nodiscard]] std::vector<Column> columns_of(const std::vector<std::string>& header,
                                             const std::vector<Mapping>& fields);

/// The same of an object: its keys that count, or what stands at the stated paths.
[[nodiscard]] std::vector<kit::Written> fields_of(const boost::json::object& row,
                                                  const std::vector<Mapping>& fields);

} // namespace crier::queue
