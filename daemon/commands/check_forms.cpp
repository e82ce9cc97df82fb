#include "commands/check_forms.hpp"

#include "engine/unfit.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace crier::commands {

namespace {

/// What a template's posts have in any case. Answers that are filled later are looked at then.
PostContent outline_of(const PostTemplate& post) {
    PostContent content;
    content.quote = post.quote;
    content.local_only = post.local_only;
    content.content_type = post.content_type;
    const auto one_each = [](const MediaTemplate& media) { return media.from.empty(); };
    content.media.resize(
        static_cast<std::size_t>(std::count_if(post.media.begin(), post.media.end(), one_each)));
    if (!post.poll)
        return content;
    Poll poll;
    std::size_t number = 0;
    for (const text::Template& option : post.poll->options) {
        const bool filled_later = option.source().find("{{") != std::string::npos;
        poll.options.push_back(filled_later ? std::to_string(++number) : option.source());
    }
    poll.open = post.poll->open;
    content.poll = std::move(poll);
    return content;
}

class Forms {
public:
    Forms(const KnownServers& servers, std::vector<config::Problem>& found)
        : servers_(servers)
        , found_(found) {}

    void check(const Place& place, const std::string& key, const PostTarget& target) {
        if (!servers_.knows(target.account))
            return;
        check(place, key, target.account, *target.post);
        for (const PostTemplate& reply : target.post->replies)
            check(place, key, target.account, reply);
        for (const PostTemplate& turn : target.post->turns)
            check(place, key, target.account, turn);
    }

private:
    void check(const Place& place, const std::string& key, const std::string& account,
               const PostTemplate& post) {
        const Result<> good = engine::check_forms(outline_of(post), servers_.of(account));
        if (good)
            return;
        const std::string message = "on " + account + " its posts would be held: " + good.error().message;
        if (told_.insert(key + message).second)
            found_.push_back(config::warning_at(place, key + ".post", message, good.error().hint));
    }

    const KnownServers& servers_;
    std::vector<config::Problem>& found_;
    std::set<std::string> told_; ///< parts of a thread often lack the same
};

} // namespace

std::vector<config::Problem> check_forms(const Settings& settings, const KnownServers& servers) {
    std::vector<config::Problem> found;
    Forms forms{servers, found};
    for (const EntrySettings& entry : settings.schedule)
        for (const PostTarget& target : entry.targets)
            forms.check(entry.place, "schedule." + entry.name, target);
    for (const SourceSettings& source : settings.sources)
        for (const PostTarget& target : source.targets)
            forms.check(source.place, "sources." + source.name, target);
    return found;
}

} // namespace crier::commands
