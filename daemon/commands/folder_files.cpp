#include "commands/folder_files.hpp"

#include "core/text/byte_order.hpp"
#include "sys/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::commands {
namespace {

bool is_of_programs(const std::string& name) {
    static constexpr std::array<std::string_view, 9> names{
        ".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".cache", ".npm"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Reads folders, and what it finds in them.
class FolderWalk {
public:
    explicit FolderWalk(const FolderBounds& bounds)
        : bounds_(bounds) {}

    void into(const std::string& folder, int depth) {
        std::vector<std::string> names = names_in(folder);
        std::vector<std::string> folders;
        for (const std::string& name : names) {
            if (!found_.complete)
                return;
            FolderFile file;
            file.path = folder;
            file.path.append(folder.ends_with('/') ? "" : "/").append(name);
            struct stat info {};
            if (::lstat(file.path.c_str(), &info) != 0)
                continue;
            if (S_ISDIR(info.st_mode)) {
                if (!is_of_programs(name))
                    folders.push_back(std::move(file.path));
                continue;
            }
            if (!S_ISREG(info.st_mode))
                continue;
            file.mode = info.st_mode;
            file.size = static_cast<std::uint64_t>(info.st_size);
            if (found_.files.size() == bounds_.files)
                found_.complete = false;
            else
                found_.files.push_back(std::move(file));
        }
        if (!folders.empty() && depth == bounds_.depth) {
            found_.complete = false;
            return;
        }
        for (const std::string& below : folders)
            into(below, depth + 1);
    }

    [[nodiscard]] FolderFiles found() && { return std::move(found_); }

private:
    /// In order; no more of them than would ever be looked at.
    [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) {
        std::vector<std::string> names;
        std::error_code error;
        for (std::filesystem::directory_iterator entry{folder, error}, end; !error && entry != end;
             entry.increment(error)) {
            if (names.size() > 2 * bounds_.files) {
                found_.complete = false;
                break;
            }
            names.push_back(entry->path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    FolderBounds bounds_;
    FolderFiles found_;
};

} // namespace

FolderFiles files_below(const std::string& folder, const FolderBounds& bounds) {
    FolderWalk walk{bounds};
    walk.into(folder, 0);
    return std::move(walk).found();
}

std::optional<std::string> read_bytes(const std::string& path, std::size_t most) {
    // Not to wait for the other end of a pipe that somebody put there meanwhile.
    const sys::Descriptor file{
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)};
    struct stat info {};
    if (!file || ::fstat(file.number(), &info) != 0 || !S_ISREG(info.st_mode) ||
        static_cast<std::uint64_t>(info.st_size) > most)
        return std::nullopt;
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto count = ::read(file.number(), bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    bytes.resize(size);
    return bytes;
}

std::optional<std::string> read_text(const std::string& path, std::size_t most) {
    constexpr std::size_t enough_to_tell = 8192;
    std::optional<std::string> bytes = read_bytes(path, most);
    if (bytes)
        bytes = text::without_byte_order_mark(std::move(*bytes));
    if (bytes && std::string_view{*bytes}.substr(0, enough_to_tell).find('\0') != std::string_view::npos)
        return std::nullopt;
    return bytes;
}

} // namespace crier::commands
