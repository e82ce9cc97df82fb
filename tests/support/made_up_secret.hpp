#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace crier::test {

/// What a server would hand out, made here: no source has to have anything in it that looks like one. Its
/// first four characters are a capital, a small letter, a digit and a small letter.
[[nodiscard]] inline std::string
made_up_secret(unsigned seed, std::size_t length = 43,
               std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "abcdefghijklmnopqrstuvwxyz0123456789") {
    std::mt19937 random{seed};
    std::string secret;
    while (secret.size() < length)
        secret += letters[random() % letters.size()];
    if (letters.size() > 16)
        secret.replace(0, 4, "Kq7v");
    return secret;
}

} // namespace crier::test
