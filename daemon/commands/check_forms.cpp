#include "commands/check_forms.hpp"

#include "core/templates.hpp"
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

} // namespace

std::vector<config::Problem> check_forms(const Settings& settings, const KnownServers& servers) {
    std::vector<config::Problem> found;
    std::set<std::string> told; // parts of a thread often lack the same
    each_template(settings, [&](const TemplateUse& use) {
        if (!servers.knows(use.account))
            return;
        const Result<> good = engine::check_forms(outline_of(use.post), servers.of(use.account));
        if (good)
            return;
        const std::string message =
            "on " + use.account.str() + " its posts would be held: " + good.error().message;
        if (told.insert(use.key + message).second)
            found.push_back(config::warning_at(use.place, use.key + ".post", message, good.error().hint));
    });
    return found;
}

} // namespace crier::commands
