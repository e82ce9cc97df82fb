#include "commands/secret_places.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace crier::commands {
namespace {

std::string_view name_of(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_environment_file(std::string_view name) {
    return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

} // namespace

bool is_made_for_secrets(const std::string& path) {
    std::string_view name = name_of(path);
    constexpr std::string_view record = ".app"; // what `crier login` writes beside a token's file
    if (name.ends_with(record))
        name.remove_suffix(record.size());
    if (is_environment_file(name))
        return true;
    for (const std::string_view end : {".token", ".secret", ".credential", ".credentials"})
        if (name.ends_with(end))
            return true;
    for (const std::string_view folder : {"/secrets/", "/credentials/", "/.secrets/"})
        if (path.find(folder) != std::string::npos)
            return true;
    return false;
}

bool is_named_after_a_secret(const std::string& path) {
    const std::string name = ascii::lower(name_of(path));
    for (const std::string_view end : {".md5", ".sha1", ".sha256", ".sha512", ".sum"})
        if (name.ends_with(end))
            return false;
    return name.find("token") != std::string::npos || name.find("secret") != std::string::npos;
}

bool is_served(const std::string& path) {
    for (const std::string_view root : {"/var/www/", "/srv/www/", "/srv/http/", "/usr/share/nginx/html/"})
        if (path.starts_with(root))
            return true;
    for (const std::string_view folder : {"/public_html/", "/htdocs/", "/wwwroot/"})
        if (path.find(folder) != std::string::npos)
            return true;
    return false;
}

bool is_yaml(const std::string& path) {
    return path.ends_with(".yaml") || path.ends_with(".yml");
}

bool is_no_text(const std::string& path) {
    static constexpr std::array<std::string_view, 24> ends{
        ".jpg",  ".jpeg", ".png", ".gif", ".webp",   ".avif",  ".heic", ".mp4",
        ".webm", ".mov",  ".mp3", ".ogg", ".wav",    ".flac",  ".pdf",  ".zip",
        ".gz",   ".xz",   ".zst", ".db",  ".sqlite", ".woff2", ".so",   ".o"};
    const std::string small = ascii::lower(name_of(path));
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return small.ends_with(end); });
}

} // namespace crier::commands
