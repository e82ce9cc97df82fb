#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What the fuzz targets share. A target is one function from bytes to nothing; libFuzzer calls it with ever
/// new bytes and keeps those that reach something new.
namespace crier::fuzz {

/// An input from its front to its back.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size) {}

    /// Up to the next line break, or all that is left.
    std::string_view line();
    /// 0 when nothing is left.
    std::uint8_t byte();
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

/// A promise that was broken: says which one and stops, so that the fuzzer keeps the input.
void must(bool holds, const char* promise);

[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace crier::fuzz
