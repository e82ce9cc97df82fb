#pragma once

#include <string_view>

namespace crier {

/// Does `store:` name a database in PostgreSQL, and not a file?
[[nodiscard]] constexpr bool is_postgres_address(std::string_view store) noexcept {
    for (const std::string_view scheme : {"postgresql://", "postgres://"})
        if (store.substr(0, scheme.size()) == scheme)
            return true;
    return false;
}

} // namespace crier
