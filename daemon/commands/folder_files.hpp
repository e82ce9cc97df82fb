#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace crier::commands {

struct FolderFile {
    std::string path;
    mode_t mode = 0;
    std::uint64_t size = 0;
};

/// How far a look at a folder goes.
struct FolderBounds {
    std::size_t files = 20'000;
    int depth = 8;
};

struct FolderFiles {
    std::vector<FolderFile> files; ///< by their names, those of a folder before those below it
    bool complete = true;          ///< false: there are more than the bounds allow
};

/// The regular files of a folder and those below it. Symbolic links are not followed; what belongs to
/// programs is passed over (.git, node_modules, caches). What cannot be read is as if it were not there.
[[nodiscard]] FolderFiles files_below(const std::string& folder, const FolderBounds& bounds);

/// The text of a regular file, as UTF-8 where it has a byte order mark. Nothing: it is none, cannot be read,
/// is longer than `most`, or is no text.
[[nodiscard]] std::optional<std::string> read_text(const std::string& path, std::size_t most);

/// All bytes of one that is no longer than `most`.
[[nodiscard]] std::optional<std::string> read_bytes(const std::string& path, std::size_t most);

} // namespace crier::commands
