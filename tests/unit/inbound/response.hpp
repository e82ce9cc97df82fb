#pragma once

#include "ports/http_server.hpp"

#include <string>
#include <string_view>

namespace crier::test {

/// Of several of one name the first; empty: there is none.
inline std::string header(const LocalResponse& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
        if (known == name)
            return value;
    return {};
}

} // namespace crier::test
