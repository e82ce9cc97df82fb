#include "sandbox/http/message.hpp"

#include <algorithm>

namespace crier::sandbox {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view find(const std::vector<Header>& headers, std::string_view name) noexcept {
    for (const Header& header : headers)
        if (same_text(header.name, name))
            return header.value;
    return {};
}

} // namespace

bool same_text(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const noexcept {
    return find(headers, name);
}

std::string_view Response::header(std::string_view name) const noexcept {
    return find(headers, name);
}

void Response::set(std::string_view name, std::string value) {
    for (Header& header : headers) {
        if (same_text(header.name, name)) {
            header.value = std::move(value);
            return;
        }
    }
    headers.push_back({std::string{name}, std::move(value)});
}

} // namespace crier::sandbox
