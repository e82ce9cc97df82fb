#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

namespace crier::test {

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
