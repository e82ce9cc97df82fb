#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace crier::test {

/// A directory of its own, removed at the end; in $TMPDIR, or in "/tmp" where a Unix socket needs a short
/// path.
class TemporaryDirectory {
public:
    explicit TemporaryDirectory(const std::filesystem::path& root = std::filesystem::temp_directory_path()) {
        std::string name = (root / "crier-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string operator/(std::string_view name) const {
        return path_ + "/" + std::string{name};
    }

    /// Writes a file with this mode and returns its path.
    [[nodiscard]] std::string file(std::string_view name, std::string_view content,
                                   unsigned mode = 0600) const {
        std::string path = *this / name;
        std::ofstream{path, std::ios::binary} << content;
        std::filesystem::permissions(path, std::filesystem::perms{mode});
        return path;
    }

private:
    std::string path_;
};

} // namespace crier::test
