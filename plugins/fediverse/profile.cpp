#include "fediverse/profile.hpp"

#include "kit/text.hpp"
#include "sdk/crier_plugin.hpp"

#include <algorithm>

namespace crier::fediverse {
namespace {

constexpr std::size_t longest_name = 300;

[[noreturn]] void refuse(std::string_view url, const std::string& why) {
    throw sdk::Error("url: \"" + std::string{url.substr(0, longest_name)} + "\" " + why);
}

bool is_name(std::string_view text) {
    constexpr std::string_view signs = "._-@:";
    return !text.empty() && text.size() <= longest_name && text.front() != '@' && text.back() != '@' &&
           std::count(text.begin(), text.end(), '@') <= 1 &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      static_cast<unsigned char>(c) >= 0x80 || signs.find(c) != std::string_view::npos;
           });
}

/// The first part of a path, which is taken off.
std::string_view take_part(std::string_view& path) {
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
}

/// "acct:user@host" and "@user@host": what a person means by it.
std::string page_of(std::string_view handle) {
    for (const std::string_view before : {std::string_view{"acct:"}, std::string_view{"@"}})
        if (handle.substr(0, before.size()) == before)
            handle.remove_prefix(before.size());
    const std::size_t at = handle.find('@');
    if (!is_name(handle) || at == std::string_view::npos)
        return "https://HOST/@NAME";
    return "https://" + std::string{handle.substr(at + 1)} + "/@" + std::string{handle.substr(0, at)};
}

} // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view signs = "-._~@";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            signs.find(c) != std::string_view::npos)
            out += c;
        else
            out.append(1, '%').append(1, hex[byte / 16]).append(1, hex[byte % 16]);
    }
    return out;
}

std::string Profile::lookup_address() const {
    return origin + "/api/v1/accounts/lookup?acct=" + percent_encoded(acct);
}

Profile read_profile(std::string_view url) {
    const std::string_view address = kit::trimmed(url);
    if (!kit::is_web_address(address))
        refuse(url, "is no web address: write that of the account's page, " + page_of(address));
    const std::size_t host_begin = address.find("//") + 2;
    const std::size_t host_end = std::min(address.find_first_of("/?#", host_begin), address.size());
    Profile profile;
    profile.origin = address.substr(0, host_end);
    profile.host = address.substr(host_begin, host_end - host_begin);
    std::string_view path = address.substr(host_end);
    path = path.substr(0, path.find_first_of("?#"));
    if (profile.host.empty() || profile.host.find('@') != std::string::npos)
        refuse(url, "has no host, or a name before it: write https://HOST/@NAME");

    std::string_view part = take_part(path);
    if (part == "web" || part == "deck") // pages of old versions
        part = take_part(path);
    const bool marked = !part.empty() && part.front() == '@';
    if (marked)
        part.remove_prefix(1);
    else if (part == "users" || part == "profile" || part == "accounts")
        part = take_part(path);
    if (!is_name(part))
        refuse(url, "names no account: write the address of its page, https://HOST/@NAME");
    for (const std::string_view feed : {std::string_view{".rss"}, std::string_view{".atom"}})
        if (part.size() > feed.size() && part.substr(part.size() - feed.size()) == feed)
            refuse(url, "is a feed: take \"plugin: feed\", or leave \"" + std::string{feed} + "\" out");
    // Tabs of the page are no harm; posts are.
    const std::string_view rest = take_part(path);
    if (!rest.empty() && rest != "with_replies" && rest != "media" && rest != "featured")
        refuse(url, "is not the page of an account, but one below it: write https://HOST/@NAME");
    profile.acct = part;
    return profile;
}

} // namespace crier::fediverse
