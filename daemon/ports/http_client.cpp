#include "ports/http_client.hpp"

#include <algorithm>

namespace crier {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

std::string_view HttpResponse::header(std::string_view name) const noexcept {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    for (const auto& [field, value] : headers)
        if (std::equal(field.begin(), field.end(), name.begin(), name.end(), same))
            return value;
    return {};
}

} // namespace crier
