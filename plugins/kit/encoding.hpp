#pragma once

#include <string>
#include <string_view>

namespace crier::kit {

/// The bytes of a text file as UTF-8, without a byte order mark.
///
/// Ownership: keeps the bytes' views, so the bytes live as long as it does.
class FileText {
public:
    /// Throws sdk::Error where it is UTF-16 or no text at all.
    explicit FileText(std::string_view bytes);
    FileText(const FileText&) = delete;
    FileText& operator=(const FileText&) = delete;

    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// It was no UTF-8, and was taken for windows-1252.
    [[nodiscard]] bool guessed() const noexcept { return guessed_; }

private:
    std::string storage_;
    std::string_view text_;
    bool guessed_ = false;
};

[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace crier::kit
