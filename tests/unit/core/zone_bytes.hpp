#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::test {

/// A zone file (TZif, RFC 9636) made by hand, right or wrong.
struct ZoneBytes {
    struct Setting {
        std::int32_t offset = 0; ///< seconds
        std::uint8_t letters = 0;
    };
    struct Change {
        std::int64_t when = 0;
        std::uint8_t setting = 0;
    };
    char version = '2'; ///< '\0' is the first, which has one block and no footer
    std::vector<Setting> settings = {{3600, 0}, {7200, 4}};
    std::vector<Change> changes;
    std::string letters = std::string{"CET\0CEST\0", 9};
    std::uint32_t leap_seconds = 0;
    std::string footer = "\n\n";

    [[nodiscard]] std::string bytes() const {
        if (version == '\0')
            return block(4);
        // The first block as RFC 9636 would have it where nobody reads it: as small as may be.
        ZoneBytes least;
        least.settings = {{0, 0}};
        least.letters = std::string(1, '\0');
        least.version = version;
        return least.block(4) + block(8) + footer;
    }

private:
    static void append(std::string& out, std::uint64_t value, int width) {
        for (int byte = width - 1; byte >= 0; --byte)
            out += static_cast<char>(value >> (8 * byte) & 0xFFU);
    }

    [[nodiscard]] std::string block(int width) const {
        std::string out = "TZif";
        out += version;
        out.append(15, '\0');
        append(out, settings.size(), 4); // marks of UT
        append(out, settings.size(), 4); // marks of standard time
        append(out, leap_seconds, 4);
        append(out, changes.size(), 4);
        append(out, settings.size(), 4);
        append(out, letters.size(), 4);
        for (const Change& change : changes)
            append(out, static_cast<std::uint64_t>(change.when), width);
        for (const Change& change : changes)
            out += static_cast<char>(change.setting);
        for (const Setting& setting : settings) {
            append(out, static_cast<std::uint64_t>(static_cast<std::int64_t>(setting.offset)), 4);
            out += '\0';
            out += static_cast<char>(setting.letters);
        }
        out += letters;
        out.append(leap_seconds * static_cast<std::size_t>(width + 4), '\0');
        out.append(2 * settings.size(), '\0');
        return out;
    }
};

} // namespace crier::test
