#include "feed/charset.hpp"

#include "feed/charset_convert.hpp"
#include "feed/charset_guess.hpp"
#include "feed/charset_labels.hpp"
#include "feed/declaration.hpp"
#include "feed/ebcdic.hpp"
#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace crier::feed {
namespace {

constexpr const char* utf8 = "UTF-8";

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
        {"{\0"sv, "UTF-16LE", 0},      {"\0{"sv, "UTF-16BE", 0},          {" \0"sv, "UTF-16LE", 0},
        {"\0 "sv, "UTF-16BE", 0},      {"\n\0"sv, "UTF-16LE", 0},         {"\0\n"sv, "UTF-16BE", 0},
        {"\r\0"sv, "UTF-16LE", 0},     {"\0\r"sv, "UTF-16BE", 0},
    };
    for (const Start& start : starts)
        if (bytes.substr(0, start.bytes.size()) == start.bytes)
            return Charset{start.name, false, {}, start.mark};
    return std::nullopt;
}

/// The label in "text/xml; charset=iso-8859-1", or nothing.
std::string label_of(std::string_view content_type) {
    const std::string type = kit::lowered(content_type);
    const auto at = type.find("charset=");
    if (at == std::string::npos)
        return {};
    std::string name = type.substr(at + 8);
    name = name.substr(0, name.find(';'));
    name.erase(std::remove_if(name.begin(), name.end(),
                              [](char c) { return c == '"' || c == '\'' || kit::is_blank(c); }),
               name.end());
    return name;
}

/// A label for people: nobody knows yet in which encoding its own bytes are.
std::string shown(std::string_view label) {
    std::string out{label.substr(0, 40)};
    for (char& c : out)
        if (c < 0x20 || c > 0x7e)
            c = '?';
    return out;
}

/// Whose label counts. The server's is the first to be asked (RFC 7303, 3), but many a server says UTF-8 or
/// Latin-1 of all that it has; and nobody's counts that is not known.
std::string said_of(const sdk::Input& input) {
    std::string server = label_of(input.content_type);
    std::string own{declared_encoding(input.bytes)};
    if (server.empty() || own.empty())
        return server.empty() ? own : server;
    const CharsetLabel* label = find_charset(server);
    const bool by_habit =
        label == nullptr || label->name == western_charset || label->name == std::string_view{utf8};
    return by_habit ? own : server;
}

Charset charset_of(const sdk::Input& input, Warnings& warnings) {
    if (const auto shown = shown_by(input.bytes))
        return *shown;
    Charset charset;
    charset.said = said_of(input);
    if (charset.said.empty())
        return charset;
    const CharsetLabel* label = find_charset(charset.said);
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

/// A character's first bytes, and then the end.
bool is_cut_off(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes.empty() ? '\0' : bytes.front());
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    return bytes.size() < size && std::all_of(bytes.begin() + 1, bytes.end(), [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
           });
}

/// Whether enough of it is more than ASCII that it is no accident when it is valid UTF-8: in the encodings of
/// East Asia a character or two may look like that.
bool has_many_characters(std::string_view bytes) {
    constexpr std::ptrdiff_t many = 4;
    return std::count_if(bytes.begin(), bytes.end(),
                         [](char c) { return static_cast<unsigned char>(c) >= 0xC2; }) >= many;
}

std::string from_ebcdic(std::string_view bytes, Warnings& warnings) {
    Ebcdic ebcdic = ebcdic_of(bytes);
    if (ebcdic.name == nullptr) {
        warnings.add("the page of EBCDIC '" + shown(ebcdic.said) + "' is not known here: read as 037");
        ebcdic.name = "IBM037";
    }
    auto text = convert(bytes, ebcdic.name);
    if (!text)
        throw sdk::Error("this is written in EBCDIC (" + std::string{ebcdic.name} +
                         "), which is not known on this machine: look for the feed in another encoding");
    mend_line_ends(*text);
    return mend_utf8(*text, kit::valid_utf8_prefix(*text));
}

std::string_view decoded(const sdk::Input& input, std::string& storage, Warnings& warnings) {
    if (is_ebcdic(input.bytes)) {
        storage = from_ebcdic(input.bytes, warnings);
        return storage;
    }
    const Charset charset = charset_of(input, warnings);
    const std::string_view bytes = input.bytes.substr(charset.mark);
    const std::string_view name = charset.name;
    bool as_utf8 = name == utf8;
    std::size_t valid = 0;
    // What the label says, and not the bytes, may be wrong. ISO-2022 is written in ASCII's bytes.
    const bool by_label = !as_utf8 && !charset.said.empty() && name.substr(0, 8) != "ISO-2022";
    if (as_utf8 || by_label) {
        valid = kit::valid_utf8_prefix(bytes);
        // All of it is UTF-8: so it was meant as that, or it makes no difference.
        if (by_label && valid == bytes.size() && (charset.single_byte || has_many_characters(bytes))) {
            const bool ascii = std::all_of(bytes.begin(), bytes.end(),
                                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
            if (!ascii)
                warnings.add("says that it is written in " + charset.said +
                             ", but it is UTF-8, and was read as that");
            as_utf8 = true;
        }
    }
    if (as_utf8 && (valid == bytes.size() || is_cut_off(bytes.substr(valid))))
        return bytes.substr(0, valid);
    if (const char* guess = as_utf8 ? guessed_charset(bytes.substr(valid)) : nullptr)
        if (const auto converted = convert(bytes, guess)) {
            warnings.add("it is not UTF-8, and does not say what it is: read as " + std::string{guess} +
                         ", which it looks like");
            storage = mend_utf8(*converted, kit::valid_utf8_prefix(*converted));
            return storage;
        }
    if (as_utf8) {
        warnings.add("not all of it is UTF-8: what is not was read as windows-1252");
        storage = mend_utf8(bytes, valid);
    } else if (name == western_charset) {
        storage = from_western(bytes);
    } else if (auto converted = convert(bytes, charset.name)) {
        // iconv lets through what XML does not.
        valid = kit::valid_utf8_prefix(*converted);
        storage = valid == converted->size() ? std::move(*converted) : mend_utf8(*converted, valid);
    } else {
        warnings.add("the encoding '" + charset.said + "' is not known on this machine: read as UTF-8");
        storage = mend_utf8(bytes, kit::valid_utf8_prefix(bytes));
    }
    return storage;
}

} // namespace

std::string_view to_utf8(const sdk::Input& input, std::string& storage, Warnings& warnings) {
    const std::string_view text = decoded(input, storage, warnings);
    if (find_c1(text) == kit::npos)
        return text;
    storage = with_western_c1(text);
    return storage;
}

} // namespace crier::feed
