#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What there is in a folder whose files are items.
namespace crier::plugin {

/// A file is taken when nobody has written to it for so long: a copy may be under way.
inline constexpr Duration file_rests = std::chrono::seconds{2};

inline constexpr std::string_view sent_folder = "sent";
inline constexpr std::string_view failed_folder = "failed";

/// One whose name is the same up to its first dot, in the same folder.
struct Neighbour {
    std::string name; ///< without its folder
    std::uint64_t size = 0;
    Instant changed{};
    std::string text; ///< of a small text file; else empty
};

struct FoundFile {
    std::string name; ///< relative to the folder
    std::string path; ///< absolute
    std::uint64_t size = 0;
    Instant modified{};
    Instant changed{}; ///< when something was last done to it: written, renamed, moved here
    std::string text;  ///< of a text file, all of it; else empty
    std::vector<Neighbour> beside;
};

struct Listing {
    std::vector<FoundFile> files; ///< by name
    std::vector<std::string> warnings;
    bool restless = false;   ///< some were left out, because they were written to a moment ago
    std::string fingerprint; ///< the same as long as nothing of it has changed
};

/// May somebody still be writing to it?
[[nodiscard]] bool is_restless(Instant changed, Instant now) noexcept;

/// Links are not followed, hidden files and those that programs are still writing (`*.part`, `*.tmp`, `*~`)
/// are passed over, and so are the folders `sent` and `failed`.
///
/// `known`: the fingerprint of a listing that the caller has. Where nothing has changed since, no file is
/// opened, and the texts are empty.
///
/// Thread: any that may block.
/// Errors: not_found, permission.
[[nodiscard]] Result<Listing> list_folder(const SourceFolder& folder, Instant now,
                                          std::string_view known = {});

} // namespace crier::plugin
