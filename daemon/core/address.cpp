#include "core/address.hpp"

namespace crier {

bool is_http(std::string_view text) noexcept {
    return text.starts_with("https://") || text.starts_with("http://");
}

std::string shown_address(std::string_view text) {
    text = text.substr(0, text.find_first_of("?#"));
    const auto scheme = text.find("://");
    const auto begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at < begin)
        return std::string{text};
    // Behind a colon, or in the host's place, it ends a password. In a path it is somebody's page and stays.
    const std::string_view before = text.substr(begin, at - begin);
    if (before.find(':') == std::string_view::npos && before.find('/') != std::string_view::npos)
        return std::string{text};
    return std::string{text.substr(0, begin)} + "..." + std::string{text.substr(at)};
}

} // namespace crier
