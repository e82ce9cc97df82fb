#include "feed/charset.hpp"

#include "feed/ascii.hpp"
#include "feed/utf8.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <iterator>
#include <optional>
#include <utility>

namespace crier::feed {
namespace {

constexpr const char* utf8 = "UTF-8";
constexpr const char* western = "WINDOWS-1252"; // decoded here, without iconv
constexpr std::string_view replacement = "\xef\xbf\xbd";

struct Label {
    std::string_view label;
    const char* name; ///< iconv's
    bool single_byte;
};

/// The labels that are known, in lower case, with what they mean in practice (encoding.spec.whatwg.org):
/// Latin-1 is always windows-1252. Nothing else is ever handed to iconv.
constexpr Label labels[] = {
    {"utf-8", utf8, false},
    {"utf8", utf8, false},
    {"us-ascii", western, true},
    {"ascii", western, true},
    {"iso-8859-1", western, true},
    {"iso8859-1", western, true},
    {"iso_8859-1", western, true},
    {"latin1", western, true},
    {"latin-1", western, true},
    {"windows-1252", western, true},
    {"cp1252", western, true},
    {"iso-8859-2", "ISO-8859-2", true},
    {"iso-8859-3", "ISO-8859-3", true},
    {"iso-8859-4", "ISO-8859-4", true},
    {"iso-8859-5", "ISO-8859-5", true},
    {"iso-8859-6", "ISO-8859-6", true},
    {"iso-8859-7", "ISO-8859-7", true},
    {"iso-8859-8", "ISO-8859-8", true},
    {"iso-8859-9", "WINDOWS-1254", true},
    {"iso-8859-10", "ISO-8859-10", true},
    {"iso-8859-13", "ISO-8859-13", true},
    {"iso-8859-14", "ISO-8859-14", true},
    {"iso-8859-15", "ISO-8859-15", true},
    {"iso-8859-16", "ISO-8859-16", true},
    {"windows-1250", "WINDOWS-1250", true},
    {"windows-1251", "WINDOWS-1251", true},
    {"windows-1253", "WINDOWS-1253", true},
    {"windows-1254", "WINDOWS-1254", true},
    {"windows-1255", "WINDOWS-1255", true},
    {"windows-1256", "WINDOWS-1256", true},
    {"windows-1257", "WINDOWS-1257", true},
    {"windows-1258", "WINDOWS-1258", true},
    {"windows-874", "CP874", true},
    {"tis-620", "CP874", true},
    {"koi8-r", "KOI8-R", true},
    {"koi8-u", "KOI8-U", true},
    {"macintosh", "MACINTOSH", true},
    {"gb2312", "GB18030", false},
    {"gbk", "GB18030", false},
    {"gb18030", "GB18030", false},
    {"big5", "BIG5-HKSCS", false},
    {"shift_jis", "CP932", false},
    {"shift-jis", "CP932", false},
    {"windows-31j", "CP932", false},
    {"euc-jp", "EUC-JP", false},
    {"iso-2022-jp", "ISO-2022-JP", false},
    {"euc-kr", "UHC", false},
    {"ks_c_5601-1987", "UHC", false},
    {"utf-16", "UTF-16LE", false},
    {"utf-16le", "UTF-16LE", false},
    {"utf-16be", "UTF-16BE", false},
    {"utf-32", "UTF-32LE", false},
    {"ucs-2", "UTF-16LE", false},
};

struct Charset {
    const char* name = utf8;
    bool single_byte = false;
    std::string said;     ///< the label by which it was named; empty: the bytes show it
    std::size_t mark = 0; ///< bytes of a byte order mark
};

/// What the bytes themselves show.
std::optional<Charset> shown_by(std::string_view bytes) {
    using namespace std::string_view_literals;
    struct Start {
        std::string_view bytes;
        const char* name;
        std::size_t mark;
    };
    static constexpr Start starts[] = {
        {"\xef\xbb\xbf"sv, utf8, 3},   {"\xff\xfe\0\0"sv, "UTF-32LE", 4}, {"\0\0\xfe\xff"sv, "UTF-32BE", 4},
        {"\xff\xfe"sv, "UTF-16LE", 2}, {"\xfe\xff"sv, "UTF-16BE", 2},     {"<\0\0\0"sv, "UTF-32LE", 0},
        {"\0\0\0<"sv, "UTF-32BE", 0},  {"<\0"sv, "UTF-16LE", 0},          {"\0<"sv, "UTF-16BE", 0},
        {"{\0"sv, "UTF-16LE", 0},      {"\0{"sv, "UTF-16BE", 0},
    };
    for (const Start& start : starts)
        if (bytes.substr(0, start.bytes.size()) == start.bytes)
            return Charset{start.name, false, {}, start.mark};
    return std::nullopt;
}

/// The label in `<?xml version="1.0" encoding="...">`, or nothing.
std::string_view declared_in(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, 1024);
    const auto declaration = start.find("<?xml");
    if (declaration == std::string_view::npos)
        return {};
    std::string_view words = start.substr(declaration);
    words = words.substr(0, words.find('>'));
    const auto key = words.find("encoding");
    if (key == std::string_view::npos)
        return {};
    words = trim(words.substr(key + 8));
    if (words.empty() || words.front() != '=')
        return {};
    words = trim(words.substr(1));
    if (words.empty() || (words.front() != '"' && words.front() != '\''))
        return {};
    return trim(words.substr(1, words.find(words.front(), 1) - 1));
}

/// The label in "text/xml; charset=iso-8859-1", or nothing.
std::string label_of(std::string_view content_type) {
    const std::string type = lower(content_type);
    const auto at = type.find("charset=");
    if (at == std::string::npos)
        return {};
    std::string name = type.substr(at + 8);
    name = name.substr(0, name.find(';'));
    name.erase(
        std::remove_if(name.begin(), name.end(), [](char c) { return c == '"' || c == '\'' || is_blank(c); }),
        name.end());
    return name;
}

const Label* find_label(std::string_view name) {
    const auto* found = std::find_if(std::begin(labels), std::end(labels),
                                     [name](const Label& known) { return same_but_case(name, known.label); });
    return found == std::end(labels) ? nullptr : found;
}

/// A label for people: nobody knows yet in which encoding its own bytes are.
std::string shown(std::string_view label) {
    std::string out{label.substr(0, 40)};
    for (char& c : out)
        if (c < 0x20 || c > 0x7e)
            c = '?';
    return out;
}

Charset charset_of(const sdk::Input& input, Warnings& warnings) {
    if (const auto shown = shown_by(input.bytes))
        return *shown;
    Charset charset;
    charset.said = declared_in(input.bytes);
    if (charset.said.empty())
        charset.said = label_of(input.content_type);
    if (charset.said.empty())
        return charset;
    const Label* label = find_label(charset.said);
    if (label == nullptr) {
        warnings.add("the encoding '" + shown(charset.said) + "' is not known here: read as UTF-8");
        charset.said.clear();
        return charset;
    }
    const std::string_view name = label->name;
    if (name.substr(0, 4) == "UTF-" && name != utf8) {
        // Somebody who could read this far saw single bytes.
        warnings.add("says that it is written in " + charset.said + ", but it is not: read as UTF-8");
        charset.said.clear();
        return charset;
    }
    charset.name = label->name;
    charset.single_byte = label->single_byte;
    return charset;
}

/// UTF-8 but for some bytes: those are taken for windows-1252, which they nearly always are.
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
            append_utf8(windows_1252(first), out);
        bytes.remove_prefix(three ? 3 : 1);
        valid = valid_utf8_prefix(bytes);
    }
}

std::string from_western(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x80)
            out += c;
        else
            append_utf8(windows_1252(static_cast<unsigned char>(c)), out);
    }
    return out;
}

/// A character's first bytes, and then the end.
bool is_cut_off(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes.empty() ? '\0' : bytes.front());
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    return bytes.size() < size && std::all_of(bytes.begin() + 1, bytes.end(), [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
           });
}

class Iconv {
public:
    explicit Iconv(const char* from)
        : handle_(::iconv_open(utf8, from)) {}
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

/// Through iconv. What means nothing in that encoding becomes U+FFFD. Nothing: iconv does not know it here.
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

} // namespace

std::string_view to_utf8(const sdk::Input& input, std::string& storage, Warnings& warnings) {
    const Charset charset = charset_of(input, warnings);
    const std::string_view bytes = input.bytes.substr(charset.mark);
    const std::string_view name = charset.name;
    bool as_utf8 = name == utf8;
    std::size_t valid = 0;
    if (as_utf8 || charset.single_byte) {
        valid = valid_utf8_prefix(bytes);
        const bool ascii = std::all_of(bytes.begin(), bytes.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (valid == bytes.size() && !as_utf8 && !ascii) {
            warnings.add("says that it is written in " + charset.said +
                         ", but it is UTF-8, and was read as that");
            as_utf8 = true;
        }
        as_utf8 = as_utf8 || ascii;
    }
    if (as_utf8 && (valid == bytes.size() || is_cut_off(bytes.substr(valid))))
        return bytes.substr(0, valid);
    if (as_utf8) {
        warnings.add("not all of it is UTF-8: what is not was read as windows-1252");
        storage = mend_utf8(bytes, valid);
    } else if (name == western) {
        storage = from_western(bytes);
    } else if (auto converted = convert(bytes, charset.name)) {
        // iconv lets through what XML does not.
        valid = valid_utf8_prefix(*converted);
        storage = valid == converted->size() ? std::move(*converted) : mend_utf8(*converted, valid);
    } else {
        warnings.add("the encoding '" + charset.said + "' is not known on this machine: read as UTF-8");
        storage = mend_utf8(bytes, valid_utf8_prefix(bytes));
    }
    return storage;
}

} // namespace crier::feed
