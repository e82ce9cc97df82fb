#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace crier::test {

/// A directory of its own, removed at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "crier-sys-XXXXXX").string();
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

/// A file without a name that is written to as a FILE* and read back as text.
class CapturedFile {
public:
    CapturedFile()
        : file_(std::tmpfile()) {
        if (file_ == nullptr)
            throw std::runtime_error("tmpfile");
    }
    CapturedFile(const CapturedFile&) = delete;
    CapturedFile& operator=(const CapturedFile&) = delete;
    ~CapturedFile() { std::fclose(file_); }

    [[nodiscard]] std::FILE* get() const noexcept { return file_; }

    [[nodiscard]] std::string text() const {
        std::string out;
        std::rewind(file_);
        for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_))
            out += static_cast<char>(c);
        return out;
    }

private:
    std::FILE* file_;
};

} // namespace crier::test
