#include "kit/file_name.hpp"

#include "kit/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::kit {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> types{{
    {"jpg", "image/jpeg"},  {"jpeg", "image/jpeg"},    {"png", "image/png"},       {"gif", "image/gif"},
    {"webp", "image/webp"}, {"avif", "image/avif"},    {"heic", "image/heic"},     {"heif", "image/heif"},
    {"mp4", "video/mp4"},   {"m4v", "video/mp4"},      {"mov", "video/quicktime"}, {"webm", "video/webm"},
    {"mp3", "audio/mpeg"},  {"ogg", "audio/ogg"},      {"oga", "audio/ogg"},       {"opus", "audio/ogg"},
    {"wav", "audio/wav"},   {"flac", "audio/flac"},    {"m4a", "audio/mp4"},       {"aac", "audio/aac"},
    {"3gp", "video/3gpp"},  {"wma", "audio/x-ms-wma"}, {"ogv", "video/ogg"},       {"jfif", "image/jpeg"},
}};

} // namespace

std::string trouble_with_name(std::string_view name) {
    if (name.empty())
        return "must not be empty";
    if (name.front() == '/')
        return "must not be an absolute path: name it as it is called beside the file";
    if (name.find('\\') != std::string_view::npos)
        return "must not have a backslash: folders are separated by /";
    if (name.find('\0') != std::string_view::npos)
        return "must not have a zero byte";
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('/'));
        name.remove_prefix(std::min(part.size() + 1, name.size()));
        if (part == "..")
            return "must not lead out of the folder by ..: put the file beside the one that names it";
    }
    return {};
}

std::string extension_of(std::string_view name) {
    name.remove_prefix(name.rfind('/') + 1); // npos + 1: nothing
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string{} : lowered(name.substr(dot + 1));
}

std::string_view media_type_of(std::string_view name) {
    const std::string extension = extension_of(name);
    const auto* found =
        std::find_if(types.begin(), types.end(), [&](const auto& known) { return known.first == extension; });
    return found == types.end() ? std::string_view{} : found->second;
}

} // namespace crier::kit
