#include "commands/check_media.hpp"

#include "commands/media_notes.hpp"
#include "config/problems.hpp"

#include <set>
#include <string>
#include <utility>

namespace crier::commands {

namespace {

/// Once for each file and server, however many entries have it.
class MediaCheck {
public:
    explicit MediaCheck(const KnownServers& servers)
        : servers_(servers) {}

    void look_at(const PostTarget& target, const std::string& what) {
        if (target.post)
            look_at(*target.post, target.account, what);
    }

    std::vector<config::Problem> found;

private:
    void look_at(const PostTemplate& post, const std::string& account, const std::string& what) {
        for (const MediaTemplate& media : post.media) {
            if (media.file.empty() || !seen_.emplace(media.file, account).second)
                continue;
            Media file;
            file.file = media.file;
            file.thumbnail = media.thumbnail;
            file.strip_metadata = media.strip_metadata;
            if (const auto trouble = media_trouble(file, servers_.of(account)))
                found.push_back(config::warning_at(media.place, what + ".media",
                                                   "on " + account + ": " + trouble->message, trouble->hint));
        }
        for (const PostTemplate& reply : post.replies)
            look_at(reply, account, what);
        for (const PostTemplate& turn : post.turns)
            look_at(turn, account, what);
    }

    const KnownServers& servers_;
    std::set<std::pair<std::string, std::string>> seen_;
};

} // namespace

std::vector<config::Problem> check_media(const Settings& settings, const KnownServers& servers) {
    MediaCheck check{servers};
    for (const EntrySettings& entry : settings.schedule)
        for (const PostTarget& target : entry.targets)
            check.look_at(target, "schedule." + entry.name);
    for (const SourceSettings& source : settings.sources)
        for (const PostTarget& target : source.targets)
            check.look_at(target, "sources." + source.name);
    return std::move(check.found);
}

} // namespace crier::commands
