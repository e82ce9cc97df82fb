#include "ports/http_client.hpp"

#include "core/ascii.hpp"

namespace crier {

std::string_view HttpResponse::header(std::string_view name) const noexcept {
    for (const auto& [field, value] : headers)
        if (ascii::same(field, name))
            return value;
    return {};
}

} // namespace crier
