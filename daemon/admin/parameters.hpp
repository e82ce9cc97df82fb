#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "ports/http_server.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::admin {

/// Reads the parameters of a request one by one, as Fields does a body's: the first that is wrong is kept for
/// done(), which also refuses what no reader asked for, and what is said twice. An empty one counts as
/// absent.
///
/// Ownership: the request outlives it.
class Parameters {
public:
    explicit Parameters(const LocalRequest& request)
        : request_(request) {}

    [[nodiscard]] std::string text(std::string_view name); ///< empty when absent
    /// From 1 to `most`; `otherwise` when absent.
    [[nodiscard]] std::size_t number(std::string_view name, std::size_t otherwise, std::size_t most);
    /// RFC 3339.
    [[nodiscard]] std::optional<Instant> time(std::string_view name);

    void refuse(Failure failure);
    [[nodiscard]] Result<> done();

private:
    const LocalRequest& request_;
    std::vector<std::string_view> known_;
    std::optional<Failure> failure_;
};

} // namespace crier::admin
