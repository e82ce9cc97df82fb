#include "fuzzing.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace crier::fuzz {

std::string_view Input::line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line;
}

std::uint8_t Input::byte() {
    if (rest_.empty())
        return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
}

void must(bool holds, const char* promise) {
    if (holds)
        return;
    std::fprintf(stderr, "fuzz: a promise is broken: %s\n", promise);
    std::abort();
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        utf8proc_int32_t code = 0;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                           static_cast<utf8proc_ssize_t>(text.size()), &code);
        if (size <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

} // namespace crier::fuzz
