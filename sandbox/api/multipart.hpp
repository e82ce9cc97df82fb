#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// One part of a multipart/form-data body. `bytes` look into the body.
struct Part {
    std::string name;
    std::string filename;
    std::string content_type;
    std::string_view bytes;
    bool is_file = false; ///< it has a filename
};

/// Nothing when the boundary is missing, a part has no name, or the end is not there.
[[nodiscard]] std::optional<std::vector<Part>> parse_multipart(std::string_view content_type,
                                                               std::string_view body);

/// A parameter of a header's value: boundary=..., name="...".
[[nodiscard]] std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

} // namespace crier::sandbox
