#include "core/schedule/zone/file.hpp"

#include <cstdint>
#include <string>

namespace crier::schedule {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::string_view magic = "TZif";

Failure broken(std::string what) {
    return {Cause::corrupt, std::move(what)};
}

/// Two's complement.
std::int64_t big_endian(std::string_view bytes) {
    std::uint64_t value = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes)
        value = value << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

/// Takes pieces off the front of the file.
class ZoneBytes {
public:
    explicit ZoneBytes(std::string_view rest)
        : rest_(rest) {}

    /// False when there are not so many left.
    [[nodiscard]] bool take(std::uint64_t size, std::string_view& piece) {
        if (size > rest_.size())
            return false;
        piece = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

/// What stands before each of the two blocks: how many there are of what.
struct Header {
    char version = 0; ///< 0, '2', '3', '4' ...
    std::uint64_t ut_marks = 0;
    std::uint64_t standard_marks = 0;
    std::uint64_t leap_seconds = 0;
    std::uint64_t changes = 0;
    std::uint64_t settings = 0;
    std::uint64_t letters = 0; ///< of all abbreviations, each with a NUL

    static Result<Header> read(ZoneBytes& bytes) {
        std::string_view piece;
        if (!bytes.take(44, piece))
            return broken("its header is cut off");
        if (!is_zone_file(piece))
            return broken("it is no zone file");
        const auto count = [piece](std::size_t index) {
            return static_cast<std::uint64_t>(big_endian(piece.substr(20 + 4 * index, 4))) & 0xFFFF'FFFFU;
        };
        Header header;
        header.version = piece[magic.size()];
        header.ut_marks = count(0);
        header.standard_marks = count(1);
        header.leap_seconds = count(2);
        header.changes = count(3);
        header.settings = count(4);
        header.letters = count(5);
        return header;
    }
};

/// The pieces of a block; what they mean is not looked at.
struct Block {
    std::size_t width = 0; ///< bytes of a moment: 4 in the first block, 8 in the second
    std::string_view moments;
    std::string_view changes_to;
    std::string_view settings;
    std::string_view letters;

    static Result<Block> read(ZoneBytes& bytes, const Header& header, std::size_t width) {
        Block block;
        block.width = width;
        // The marks serve systems that take a rule from another zone's file.
        std::string_view unused;
        if (!bytes.take(header.changes * width, block.moments) ||
            !bytes.take(header.changes, block.changes_to) ||
            !bytes.take(header.settings * 6, block.settings) || !bytes.take(header.letters, block.letters) ||
            !bytes.take(header.leap_seconds * (width + 4), unused) ||
            !bytes.take(header.standard_marks, unused) || !bytes.take(header.ut_marks, unused))
            return broken("it is cut off");
        return block;
    }
};

Result<std::vector<ClockSetting>> read_settings(const Block& block) {
    std::vector<ClockSetting> settings;
    for (std::size_t at = 0; at < block.settings.size(); at += 6) {
        const seconds offset{big_endian(block.settings.substr(at, 4))};
        if (offset <= -hours{25} || offset >= hours{26})
            return broken("an offset of " + std::to_string(offset.count()) + " s from UTC is none");
        const std::size_t letters = static_cast<unsigned char>(block.settings[at + 5]);
        const std::size_t end = block.letters.find('\0', letters);
        if (end == std::string_view::npos)
            return broken("an abbreviation is not in it");
        settings.push_back({offset, std::string{block.letters.substr(letters, end - letters)}});
    }
    if (settings.empty() || settings.size() > 256)
        return broken("it has " + std::to_string(settings.size()) + " settings of the clock, not 1 to 256");
    return settings;
}

/// Before the first change the first setting holds.
Result<std::vector<ZoneTable::Era>> read_eras(const Block& block, std::size_t settings) {
    std::vector<ZoneTable::Era> eras;
    eras.reserve(block.changes_to.size() + 1);
    eras.push_back({sys_seconds::min(), 0});
    for (std::size_t i = 0; i < block.changes_to.size(); ++i) {
        const sys_seconds begin{seconds{big_endian(block.moments.substr(i * block.width, block.width))}};
        const auto setting = static_cast<std::uint8_t>(block.changes_to[i]);
        if (i > 0 && begin <= eras.back().begin)
            return broken("its changes are not in order");
        if (begin >= last_moment)
            return broken("a change comes after the year 9999");
        if (setting >= settings)
            return broken("a change leads to a setting that is not in it");
        eras.push_back({begin, setting});
    }
    return eras;
}

/// What stands between two line feeds at the end; without any, the last setting stays.
Result<std::optional<ZoneRule>> read_rule(std::string_view footer) {
    const std::size_t end = footer.find('\n', 1);
    if (end == std::string_view::npos || footer.front() != '\n')
        return broken("its last line is cut off");
    const std::string_view text = footer.substr(1, end - 1);
    if (text.empty())
        return std::optional<ZoneRule>{};
    auto rule = ZoneRule::parse(text);
    if (!rule)
        return rule.error();
    return std::optional{std::move(*rule)};
}

} // namespace

bool is_zone_file(std::string_view bytes) noexcept {
    return bytes.substr(0, magic.size()) == magic;
}

Result<ZoneTable> parse_zone_file(std::string_view bytes) {
    ZoneBytes rest{bytes};
    auto header = Header::read(rest);
    if (!header)
        return header.error();
    auto block = Block::read(rest, *header, 4);
    if (!block)
        return block.error();
    // Later versions say all once more, with moments beyond 1901 and 2038; the first block may be empty then.
    const bool has_second = header->version >= '2';
    if (has_second) {
        header = Header::read(rest);
        if (!header)
            return header.error();
        block = Block::read(rest, *header, 8);
        if (!block)
            return block.error();
    }
    if (header->leap_seconds > 0)
        return broken("it counts leap seconds");
    ZoneTable table;
    auto settings = read_settings(*block);
    if (!settings)
        return settings.error();
    table.settings = std::move(*settings);
    auto eras = read_eras(*block, table.settings.size());
    if (!eras)
        return eras.error();
    table.eras = std::move(*eras);
    if (has_second) {
        auto rule = read_rule(rest.rest());
        if (!rule)
            return rule.error();
        table.rule = std::move(*rule);
    }
    return table;
}

} // namespace crier::schedule
