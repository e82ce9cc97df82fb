#include "feed/charset_convert.hpp"

#include "kit/utf8.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>

namespace crier::feed {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

class Iconv {
public:
    explicit Iconv(const char* from)
        : handle_(::iconv_open("UTF-8", from)) {}
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;
    ~Iconv() {
        if (good())
            ::iconv_close(handle_);
    }
    // NOLINTNEXTLINE(performance-no-int-to-ptr): that is how iconv says no
    [[nodiscard]] bool good() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
    [[nodiscard]] iconv_t get() const { return handle_; }

private:
    iconv_t handle_;
};

} // namespace

std::string mend_utf8(std::string_view bytes, std::size_t valid) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    while (true) {
        out += bytes.substr(0, valid);
        bytes.remove_prefix(valid);
        if (bytes.empty())
            return out;
        const auto first = static_cast<unsigned char>(bytes.front());
        const bool three = (first & 0xF0U) == 0xE0U && bytes.size() >= 3 &&
                           (static_cast<unsigned char>(bytes[1]) & 0xC0U) == 0x80U &&
                           (static_cast<unsigned char>(bytes[2]) & 0xC0U) == 0x80U;
        if (three) // a surrogate, or a code point that is no character
            out += replacement;
        else
            kit::append_utf8(kit::windows_1252(first), out);
        bytes.remove_prefix(three ? 3 : 1);
        valid = kit::valid_utf8_prefix(bytes);
    }
}

std::string from_western(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x80)
            out += c;
        else
            kit::append_utf8(kit::windows_1252(static_cast<unsigned char>(c)), out);
    }
    return out;
}

std::size_t find_c1(std::string_view text) {
    constexpr char lead = '\xc2';
    for (auto at = text.find(lead); at != std::string_view::npos; at = text.find(lead, at + 1))
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0)
            return at;
    return std::string_view::npos;
}

std::string with_western_c1(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (auto at = find_c1(text); at != std::string_view::npos; at = find_c1(text)) {
        out += text.substr(0, at);
        const char32_t meant = kit::windows_1252(static_cast<unsigned char>(text[at + 1]));
        if (meant >= 0xA0) // else it means nothing there either
            kit::append_utf8(meant, out);
        text.remove_prefix(at + 2);
    }
    out += text;
    return out;
}

std::optional<std::string> convert(std::string_view bytes, const char* name) {
    const Iconv converter{name};
    if (!converter.good())
        return std::nullopt;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4);
    char* from = const_cast<char*>(bytes.data()); // iconv's signature: it does not write there
    std::size_t left = bytes.size();
    const std::size_t unit = std::string_view{name}.substr(0, 4) == "UTF-" ? (name[4] == '3' ? 4 : 2) : 1;
    std::array<char, 16384> piece{};
    while (left > 0) {
        char* to = piece.data();
        std::size_t room = piece.size();
        const std::size_t result = ::iconv(converter.get(), &from, &left, &to, &room);
        const int error = errno;
        out.append(piece.data(), piece.size() - room);
        if (result != static_cast<std::size_t>(-1) || error == E2BIG)
            continue;
        if (error == EINVAL) // the last character is not all there
            break;
        out += replacement;
        const std::size_t skipped = std::min(unit, left);
        from += skipped;
        left -= skipped;
    }
    return out;
}

} // namespace crier::feed
