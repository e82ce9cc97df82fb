#include "feed/page_charset.hpp"

#include "feed/charset_convert.hpp"
#include "feed/charset_labels.hpp"
#include "kit/ascii.hpp"
#include "kit/html_tag.hpp"
#include "kit/utf8.hpp"

#include <algorithm>

namespace crier::feed {
namespace {

constexpr std::size_t searched = 4096; ///< bytes in which a <meta> may name the encoding

/// The label behind "charset=" in "text/html; charset=utf-8".
std::string charset_label(std::string_view type) {
    const std::string small = kit::lowered(type);
    const auto at = small.find("charset");
    if (at == kit::npos)
        return {};
    std::string_view rest = kit::trimmed(std::string_view{small}.substr(at + 7));
    if (rest.empty() || rest.front() != '=')
        return {};
    rest = kit::trimmed(rest.substr(1));
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\''))
        rest.remove_prefix(1);
    return std::string{rest.substr(0, rest.find_first_of(" ;\"'"))};
}

std::string label_in_meta(std::string_view bytes) {
    bytes = bytes.substr(0, searched);
    for (auto at = bytes.find('<'); at != kit::npos; at = bytes.find('<', at)) {
        const auto tag = kit::read_tag(bytes, at);
        at = tag ? tag->end : at + 1;
        if (!tag || tag->closing || !kit::same_but_case(tag->name, "meta"))
            continue;
        if (std::string label = kit::attribute(*tag, "charset"); !label.empty())
            return label;
        if (std::string label = charset_label(kit::attribute(*tag, "content")); !label.empty())
            return label;
    }
    return {};
}

} // namespace

std::string_view page_to_utf8(std::string_view bytes, std::string_view content_type, std::string& storage) {
    const char* marked = bytes.substr(0, 3) == "\xef\xbb\xbf" ? "UTF-8"
                         : bytes.substr(0, 2) == "\xff\xfe"   ? "UTF-16LE"
                         : bytes.substr(0, 2) == "\xfe\xff"   ? "UTF-16BE"
                                                              : nullptr;
    std::string_view name = marked == nullptr ? std::string_view{} : marked;
    if (marked != nullptr)
        bytes.remove_prefix(name == "UTF-8" ? 3 : 2);
    const std::size_t valid = marked == nullptr || name == "UTF-8" ? kit::valid_utf8_prefix(bytes) : 0;
    constexpr std::size_t longest_character = 4; // of which the last may be cut off
    if (valid == bytes.size() || (valid > 0 && bytes.size() - valid < longest_character))
        return bytes.substr(0, valid);
    for (const bool in_meta : {false, true}) {
        if (!name.empty())
            break;
        const CharsetLabel* label =
            find_charset(in_meta ? label_in_meta(bytes) : charset_label(content_type));
        if (label != nullptr) // a <meta> that could be read is in no UTF-16
            name = in_meta && std::string_view{label->name}.substr(0, 4) == "UTF-" ? "UTF-8" : label->name;
    }
    if (name == "UTF-8")
        storage = mend_utf8(bytes, valid);
    else if (name.empty() || name == western_charset)
        storage = from_western(bytes);
    else
        storage = convert(bytes, std::string{name}.c_str()).value_or(std::string{});
    const std::size_t good = kit::valid_utf8_prefix(storage);
    if (good < storage.size())
        storage = mend_utf8(storage, good);
    return storage;
}

} // namespace crier::feed
