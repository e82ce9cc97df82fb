#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::test {

/// A .git/index as git would write it, of these paths (in order).
struct GitIndex {
    std::uint32_t version = 2;
    std::size_t digest = 20;    ///< 32: SHA-256
    std::string extension = {}; ///< four letters, or empty: one with three bytes in it
    bool extended_flags = false;

    [[nodiscard]] std::string of(const std::vector<std::string>& paths) const {
        std::string bytes = "DIRC" + number(version, 4) + number(static_cast<std::uint32_t>(paths.size()), 4);
        std::string before;
        for (const std::string& path : paths) {
            const std::size_t begin = bytes.size();
            bytes.append(40, '\1'); // what stat() said
            bytes.append(digest, '\2');
            const bool more = extended_flags && version >= 3;
            bytes += number((more ? 0x4000U : 0U) | static_cast<std::uint32_t>(path.size() & 0xFFFU), 2);
            if (more)
                bytes += number(0x2000, 2);
            if (version == 4) {
                std::size_t same = 0;
                while (same < before.size() && same < path.size() && before[same] == path[same])
                    ++same;
                bytes += varint(before.size() - same) + path.substr(same) + '\0';
            } else {
                bytes += path;
                do
                    bytes += '\0';
                while ((bytes.size() - begin) % 8 != 0);
            }
            before = path;
        }
        if (!extension.empty())
            bytes += extension + number(3, 4) + "abc";
        return bytes + std::string(digest, '\3');
    }

private:
    static std::string number(std::uint32_t value, int size) {
        std::string bytes;
        for (int i = size - 1; i >= 0; --i)
            bytes += static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 0xFFU);
        return bytes;
    }

    /// git's: each byte more stands for one more than what fits into those before.
    static std::string varint(std::size_t value) {
        std::string bytes{static_cast<char>(value & 0x7FU)};
        while ((value >>= 7U) != 0)
            bytes.insert(bytes.begin(), static_cast<char>(0x80U | (--value & 0x7FU)));
        return bytes;
    }
};

} // namespace crier::test
