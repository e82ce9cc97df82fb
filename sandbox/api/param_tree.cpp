#include "sandbox/api/params.hpp"

#include <boost/json/array.hpp>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

constexpr int most_depth = 32;

int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Puts the value at the place that the rest of the key names: "", "[b]...", "[]...".
bool put_at(json::value& place, std::string_view rest, std::string value, int depth);

bool put_in_list(json::value& place, std::string_view rest, std::string value, int depth) {
    if (place.is_null())
        place.emplace_array();
    if (!place.is_array())
        return false;
    json::array& list = place.get_array();
    // `a[][b]=1&a[][c]=2` is one map, until a name comes again.
    const std::string_view inner = rest.size() > 1 ? rest.substr(1, rest.find(']') - 1) : std::string_view{};
    const bool goes_on = !inner.empty() && !list.empty() && list.back().is_object() &&
                         !list.back().get_object().contains(inner);
    if (!goes_on)
        list.emplace_back(nullptr);
    return put_at(list.back(), rest, std::move(value), depth + 1);
}

bool put_at(json::value& place, std::string_view rest, std::string value, int depth) {
    if (depth > most_depth)
        return false;
    if (rest.empty()) {
        if (place.is_object() || place.is_array())
            return false;
        place = std::move(value);
        return true;
    }
    const auto end = rest.find(']');
    if (rest[0] != '[' || end == std::string_view::npos)
        return true; // as Rack: what follows a strange bracket is dropped
    const std::string_view name = rest.substr(1, end - 1);
    const std::string_view behind = rest.substr(end + 1);
    if (name.empty())
        return put_in_list(place, behind, std::move(value), depth);
    if (place.is_null())
        place.emplace_object();
    if (!place.is_object())
        return false;
    return put_at(place.get_object()[name], behind, std::move(value), depth + 1);
}

} // namespace

bool put_param(json::object& tree, std::string_view key, std::string value) {
    const auto bracket = key.find('[', 1);
    if (key.empty())
        return true;
    const std::string_view name = key.substr(0, bracket);
    const std::string_view rest =
        bracket == std::string_view::npos ? std::string_view{} : key.substr(bracket);
    return put_at(tree[name], rest, std::move(value), 0);
}

std::string decode_url(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
        if (escaped) {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' && plus_is_space ? ' ' : text[i];
        }
    }
    return out;
}

std::string encode_url(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        const auto equals = pair.find('=');
        if (!pair.empty())
            pairs.emplace_back(decode_url(pair.substr(0, equals)), equals == std::string_view::npos
                                                                       ? std::string{}
                                                                       : decode_url(pair.substr(equals + 1)));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return pairs;
}

} // namespace crier::sandbox
