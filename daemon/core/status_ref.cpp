#include "core/status_ref.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"

#include <algorithm>

namespace crier {
namespace {

/// Ids are opaque, and all that are in use are made of these.
bool is_status_id(std::string_view text) {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

std::string_view host_part(std::string_view address) {
    const auto begin = address.find("://");
    const std::string_view behind = begin == std::string_view::npos ? address : address.substr(begin + 3);
    return behind.substr(0, behind.find_first_of("/?#"));
}

} // namespace

Result<std::string> status_id_of(std::string_view said, std::string_view server) {
    const std::string text = text::strip(said);
    if (text.find("://") == std::string::npos) {
        if (is_status_id(text))
            return text;
        return Failure{Cause::usage, "this is neither a status's id nor its address",
                       "as https://mastodon.example/@news/114000000000000001, or its last part alone"};
    }
    const std::string theirs = ascii::lower(host_part(text));
    const std::string ours = ascii::lower(host_part(server));
    if (theirs != ours)
        return Failure{
            Cause::usage, "the status is on " + theirs + ", and the account on " + ours,
            "look the post up on the account's own server, and take the address that it has there"};
    std::string_view path = std::string_view{text}.substr(0, text.find_first_of("?#"));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string_view id = path.substr(path.rfind('/') + 1);
    if (!is_status_id(id) || host_part(text).size() + text.find("://") + 3 >= path.size())
        return Failure{Cause::usage, "the address names no status",
                       "the address of one post, as https://mastodon.example/@news/114000000000000001"};
    return std::string{id};
}

} // namespace crier
