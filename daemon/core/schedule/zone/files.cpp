#include "core/schedule/zone/files.hpp"

#include "core/ascii.hpp"
#include "core/schedule/zone/file.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace crier::schedule {
namespace {

namespace fs = std::filesystem;

/// The largest files have some 4 KB.
constexpr std::uintmax_t largest_file = 1U << 20U;

fs::path directory() {
    const char* given = std::getenv("TZDIR"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    return given != nullptr && *given == '/' ? given : "/usr/share/zoneinfo";
}

bool is_name_part(std::string_view part) {
    return !part.empty() && part.front() != '.' && std::all_of(part.begin(), part.end(), [](char c) {
        return (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z') || ascii::is_digit(c) || c == '_' ||
               c == '-' || c == '+' || c == '.';
    });
}

/// Whether this may be a name: one that leads to a file below the directory, and not to what the system adds
/// there, its own zone and the zones once more.
bool is_zone_name(std::string_view name) {
    if (name == "localtime" || name == "posixrules")
        return false;
    const std::string_view area = name.substr(0, name.find('/'));
    if (area == "posix" || area == "right")
        return false;
    for (std::string_view rest = name;;) {
        const std::size_t slash = rest.find('/');
        if (!is_name_part(rest.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        rest.remove_prefix(slash + 1);
    }
}

/// No more than `most` bytes; empty when it cannot be read.
std::string first_bytes(const fs::path& file, std::size_t most) {
    std::ifstream stream{file, std::ios::binary};
    std::string bytes(most, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace

Result<ZoneTable> read_zone(std::string_view name) {
    const fs::path root = directory();
    std::error_code error;
    if (!fs::is_directory(root, error))
        return Failure{Cause::unsupported, "the time zones cannot be read: there is no " + root.string(),
                       "install the package tzdata"};
    const fs::path file = root / name;
    const Failure unknown{Cause::not_found, "there is no time zone '" + std::string{name} + "'"};
    if (!is_zone_name(name) || !fs::is_regular_file(file, error))
        return unknown;
    const std::uintmax_t size = fs::file_size(file, error);
    const std::string bytes = error ? std::string{} : first_bytes(file, std::min(size, largest_file));
    if (!is_zone_file(bytes))
        return unknown;
    auto table = parse_zone_file(bytes);
    if (!table)
        return Failure{Cause::corrupt,
                       "the time zone '" + std::string{name} + "' cannot be used: " + file.string() + ": " +
                           table.error().message,
                       "install the package tzdata again"};
    return table;
}

std::vector<std::string> zone_names() {
    const fs::path root = directory();
    std::vector<std::string> names;
    std::error_code error;
    for (fs::recursive_directory_iterator at{root, error}; !error && at != fs::end(at); at.increment(error)) {
        const std::string name = at->path().lexically_relative(root).string();
        std::error_code ignored;
        if (!is_zone_name(name))
            at.disable_recursion_pending();
        else if (at->is_regular_file(ignored) && is_zone_file(first_bytes(at->path(), 4)))
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace crier::schedule
