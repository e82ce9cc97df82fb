#pragma once

#include "core/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crier::sys {

/// Takes secrets out of text that is about to leave the process.
///
/// Found are the known ones, also percent-encoded or escaped as in JSON, wholly or in part; and, known or
/// not, what follows "Bearer" and names such as access_token= or "client_secret":.
///
/// Ownership: its own copies of the secrets, wiped at the end; old ones stay, for a rotated token may still
/// come back in an answer.
/// Thread: not safe by itself.
class Redactor {
public:
    /// One shorter than four bytes is no secret, and would tear words apart.
    void keep_out(Secret secret);

    [[nodiscard]] std::string clean(std::string_view text) const;

    static constexpr std::string_view mark = "[redacted]";

private:
    /// How many bytes at `at` are one of the secrets.
    [[nodiscard]] std::size_t known_at(std::string_view text, std::size_t at) const;

    /// By their first four bytes, for there may be ten thousand, and each line of the log is looked through;
    /// of those that begin alike, the longest first.
    std::unordered_map<std::uint32_t, std::vector<Secret>> secrets_;
};

} // namespace crier::sys
