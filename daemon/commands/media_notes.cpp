#include "commands/media_notes.hpp"

#include "core/media/fit.hpp"
#include "core/media/strip.hpp"
#include "media/file_bytes.hpp"
#include "media/picture_process.hpp"

#include <algorithm>
#include <vector>

namespace crier::commands {

namespace {

/// Whether crier would make it fit by itself.
bool is_mended(const std::vector<media::Misfit>& found, const media::Look& look) {
    return !look.animated && media::can_scale() &&
           std::all_of(found.begin(), found.end(),
                       [](const media::Misfit& misfit) { return misfit.too_large; });
}

std::optional<Failure> thumbnail_trouble(const media::Look& look, const std::string& thumbnail,
                                         const ServerProfile& server) {
    const Result<media::FileBytes> bytes = media::FileBytes::open(thumbnail);
    if (!bytes)
        return std::nullopt;
    const media::Look small = media::look(*bytes);
    const std::vector<media::Misfit> found = media::thumbnail_misfits(look, small, server);
    if (found.empty() || is_mended(found, small))
        return std::nullopt;
    return Failure{Cause::unsupported, thumbnail + " " + found.front().what, found.front().hint};
}

std::string base_name_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// @param bytes of the file; @param look at them; @param found what does not fit there
std::optional<Failure> trouble_of(const Media& file, const media::FileBytes& bytes, const media::Look& look,
                                  const std::vector<media::Misfit>& found, const ServerProfile& server) {
    if (!found.empty() && !is_mended(found, look)) {
        const media::Misfit& first = found.front();
        const bool alone = first.too_large && !media::can_scale();
        return Failure{Cause::unsupported, file.file + " " + first.what,
                       alone ? media::no_scaling : first.hint};
    }
    if (!file.thumbnail.empty())
        if (auto wrong = thumbnail_trouble(look, file.thumbnail, server))
            return wrong;
    if (!file.strip_metadata)
        return std::nullopt;
    const Result<std::vector<media::Piece>> pieces = media::strip(bytes, look);
    if (pieces || (media::is_remade(look) && media::can_scale()))
        return std::nullopt;
    return Failure{
        pieces.error().cause,
        file.file + " is to be stripped of what it tells, and would be held back: " + pieces.error().message,
        pieces.error().hint};
}

} // namespace

std::optional<Failure> media_trouble(const Media& file, const ServerProfile& server, bool alone) {
    if (file.file.empty())
        return std::nullopt;
    const Result<media::FileBytes> bytes = media::FileBytes::open(file.to_send());
    if (!bytes)
        return std::nullopt;
    const media::Look look = media::look(*bytes);
    return trouble_of(file, *bytes, look, media::misfits(look, server, alone), server);
}

void add_media_note(std::string& note, const PostContent& content, const ServerProfile& server) {
    const auto add = [&note](const std::string& words) { note += (note.empty() ? "" : "; ") + words; };
    for (const Media& file : content.media) {
        if (file.file.empty())
            continue;
        const Result<media::FileBytes> bytes = media::FileBytes::open(file.to_send());
        if (!bytes) {
            add(bytes.error().message);
            continue;
        }
        const media::Look look = media::look(*bytes);
        const std::vector<media::Misfit> found = media::misfits(look, server, content.media.size() == 1);
        if (const auto trouble = trouble_of(file, *bytes, look, found, server))
            add(trouble->message);
        else if (!found.empty())
            add(base_name_of(file.file) + " (" + media::in_words(look) + ") will be scaled down");
    }
}

} // namespace crier::commands
