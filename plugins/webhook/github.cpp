#include "kit/json_path.hpp"
#include "kit/text.hpp"
#include "webhook/forges.hpp"
#include "webhook/parts.hpp"

#include <algorithm>
#include <array>

namespace crier::webhook {

namespace json = boost::json;

namespace {

/// What has the actions that people take on one thing.
struct Thing {
    std::string_view event;
    std::string_view key;    ///< of the thing in the payload, and in its id
    std::string_view opened; ///< the action by which it begins
};

constexpr std::array things{
    Thing{"issues", "issue", "opened"},
    Thing{"pull_request", "pull_request", "opened"},
    Thing{"discussion", "discussion", "created"},
};

sdk::Item begun(const json::value& thing, const std::string& id) {
    sdk::Item item;
    item.id = id;
    item.link = link_at(thing, "html_url");
    item.published = time_at(thing, "created_at");
    take_markdown(text_at(thing, "body"), item);
    return item;
}

/// Drafts are nobody's business yet.
bool is_public(const json::value& release) {
    return !flag_at(release, "draft");
}

void read_release(const json::value& payload, sdk::Sink& sink) {
    const json::value* release = kit::at_path(payload, "release");
    const std::string action = text_at(payload, "action");
    const std::string number = text_at(payload, "release.id");
    if (release == nullptr || number.empty())
        throw sdk::Error("this release has no id: it is no event of GitHub, Gitea or Forgejo");
    const std::string id = "release:" + number;
    if (action == "deleted" || action == "unpublished") {
        sink.gone(id);
        return;
    }
    // "released": of one that was a pre-release; "updated" is Gitea's "edited".
    constexpr std::array<std::string_view, 5> tells{"published", "edited", "released", "prereleased",
                                                    "updated"};
    if (!is_public(*release) || std::find(tells.begin(), tells.end(), action) == tells.end())
        return;
    sdk::Item item = begun(*release, id);
    item.title = kit::one_line(first_text(*release, {"name", "tag_name"}));
    item.author = first_text(*release, {"author.full_name", "author.login"});
    if (const auto published = time_at(*release, "published_at"))
        item.published = published;
    if (flag_at(*release, "prerelease"))
        item.categories.emplace_back("prerelease");
    hand_on(item, sink);
}

void read_thing(const json::value& payload, const Thing& thing, sdk::Sink& sink) {
    const json::value* found = kit::at_path(payload, thing.key);
    const std::string action = text_at(payload, "action");
    if (found == nullptr)
        throw sdk::Error("this event has no '" + std::string{thing.key} +
                         "': it is none of GitHub, Gitea or Forgejo");
    const std::string id = std::string{thing.key} + ":" + text_at(*found, "id");
    if (action == "deleted") {
        sink.gone(id);
        return;
    }
    if (action != thing.opened)
        return;
    sdk::Item item = begun(*found, id);
    item.title = kit::one_line(text_at(*found, "title"));
    item.author = first_text(*found, {"user.full_name", "user.login"});
    take_labels(*found, "labels", "name", item);
    if (std::string category = text_at(*found, "category.name"); !category.empty())
        item.categories.push_back(std::move(category));
    hand_on(item, sink);
}

} // namespace

void read_github(const json::value& payload, std::string_view event, const Options& options,
                 sdk::Sink& sink) {
    if (event == "push")
        return read_push(payload, options, sink);
    if (!options.wants(event))
        return;
    if (event == "release")
        return read_release(payload, sink);
    for (const Thing& thing : things)
        if (thing.event == event)
            return read_thing(payload, thing, sink);
}

} // namespace crier::webhook
