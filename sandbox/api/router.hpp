#pragma once

#include "sandbox/api/access.hpp"
#include "sandbox/api/call.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// One endpoint: a ":name" in its path stands for anything.
struct Route {
    std::string_view method;
    std::string_view path;
    Access access = Access::open;
    std::string_view scopes; ///< one of these
    Response (*answer)(Call&) = nullptr;
};

/// Null: there is none. `captures` gets what the names stood for.
[[nodiscard]] const Route* find_route(std::string_view method, std::string_view path,
                                      std::vector<std::string>& captures);

/// Whether the path fits the pattern; `captures` as above.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view path,
                           std::vector<std::string>& captures);

} // namespace crier::sandbox
