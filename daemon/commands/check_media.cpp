#include "commands/check_media.hpp"

#include "commands/media_notes.hpp"
#include "config/problems.hpp"
#include "core/templates.hpp"

#include <set>
#include <string>
#include <utility>

namespace crier::commands {

std::vector<config::Problem> check_media(const Settings& settings, const KnownServers& servers) {
    std::vector<config::Problem> found;
    std::set<std::pair<std::string, std::string>> seen; // once for each file and account
    each_template(settings, [&](const TemplateUse& use) {
        for (const MediaTemplate& media : use.post.media) {
            if (media.file.empty() || !seen.emplace(media.file, use.account).second)
                continue;
            Media file;
            file.file = media.file;
            file.thumbnail = media.thumbnail;
            file.strip_metadata = media.strip_metadata;
            if (const auto trouble = media_trouble(file, servers.of(use.account), use.post.media.size() == 1))
                found.push_back(config::warning_at(media.place, use.key + ".post.media",
                                                   "on " + use.account.str() + ": " + trouble->message,
                                                   trouble->hint));
        }
    });
    return found;
}

} // namespace crier::commands
