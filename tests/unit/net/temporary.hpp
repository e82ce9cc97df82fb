#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace crier::test {

/// A directory of its own, removed at the end. Its name is short enough for Unix sockets.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = "/tmp/crier-net-XXXXXX";
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

    [[nodiscard]] std::string operator/(std::string_view name) const {
        return path_ + "/" + std::string{name};
    }

    /// Writes a file and returns its path.
    [[nodiscard]] std::string file(std::string_view name, std::string_view content) const {
        std::string path = *this / name;
        std::ofstream{path, std::ios::binary} << content;
        return path;
    }

private:
    std::string path_;
};

} // namespace crier::test
