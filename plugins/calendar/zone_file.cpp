#include "calendar/zone_file.hpp"

#include "calendar/zone_footer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>

namespace crier::calendar {
namespace {

using std::chrono::seconds;

constexpr std::string_view database = "/usr/share/zoneinfo/";
constexpr std::size_t largest_file = 65'536;
constexpr std::size_t header_size = 44;
constexpr std::size_t type_size = 6;

std::int64_t big_endian(std::string_view bytes) {
    std::uint64_t value =
        !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (const char c : bytes)
        value = value << 8U | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
}

/// One of the two tables of a file: header, times, types.
struct Table {
    std::size_t isutc = 0, isstd = 0, leaps = 0, times = 0, types = 0, letters = 0;
    std::size_t time_size;

    Table(std::string_view bytes, std::size_t size_of_time)
        : time_size(size_of_time) {
        std::size_t at = 20;
        for (std::size_t* count : {&isutc, &isstd, &leaps, &times, &types, &letters}) {
            const std::int64_t value = big_endian(bytes.substr(at, 4));
            // More than the file can hold means a file that is none.
            *count = value < 0 || value > static_cast<std::int64_t>(largest_file)
                         ? largest_file
                         : static_cast<std::size_t>(value);
            at += 4;
        }
    }
    [[nodiscard]] std::size_t size() const {
        return header_size + times * (time_size + 1) + types * type_size + letters + leaps * (time_size + 4) +
               isstd + isutc;
    }
};

bool is_zone_file(std::string_view bytes) {
    return bytes.size() >= header_size && bytes.substr(0, 4) == "TZif";
}

std::optional<Zone> read_table(std::string_view bytes, const Table& table, std::chrono::year last_year) {
    if (bytes.size() < table.size() || table.types == 0)
        return std::nullopt;
    const std::string_view times = bytes.substr(header_size, table.times * table.time_size);
    const std::string_view kinds = bytes.substr(header_size + times.size(), table.times);
    const std::string_view types = bytes.substr(header_size + times.size() + kinds.size());
    std::vector<Zone::Change> changes;
    for (std::size_t i = 0; i < table.times; ++i) {
        const auto kind = static_cast<unsigned char>(kinds[i]);
        const std::int64_t at = big_endian(times.substr(i * table.time_size, table.time_size));
        if (kind >= table.types)
            return std::nullopt;
        // Some files begin with the big bang, which no calendar can hold.
        changes.push_back({Instant{seconds{std::clamp<std::int64_t>(at, -100'000'000'000, 100'000'000'000)}},
                           seconds{big_endian(types.substr(kind * type_size, 4))}});
    }
    if (table.time_size == 8)
        append_footer(bytes.substr(table.size()), last_year, changes);
    return Zone{seconds{big_endian(types.substr(0, 4))}, std::move(changes)};
}

bool is_zone_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '/' && name.back() != '/' &&
           name.find("..") == std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view{"/_+-"}.find(c) != std::string_view::npos;
           });
}

} // namespace

std::optional<Zone> read_zone_file(std::string_view bytes, std::chrono::year last_year) {
    if (!is_zone_file(bytes))
        return std::nullopt;
    const Table old{bytes, 4};
    if (bytes[4] == '\0') // of version 1 it is all that there is
        return read_table(bytes, old, last_year);
    const std::string_view rest = bytes.substr(std::min(old.size(), bytes.size()));
    return is_zone_file(rest) ? read_table(rest, Table{rest, 8}, last_year) : std::nullopt;
}

std::optional<Zone> system_zone(std::string_view name, std::chrono::year last_year) {
    if (!is_zone_name(name))
        return std::nullopt;
    std::ifstream file{std::string{database}.append(name), std::ios::binary};
    std::string bytes(largest_file, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return read_zone_file(bytes, last_year);
}

} // namespace crier::calendar
