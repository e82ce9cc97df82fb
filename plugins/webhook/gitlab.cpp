#include "kit/text.hpp"
#include "webhook/forges.hpp"
#include "webhook/parts.hpp"

namespace crier::webhook {

namespace json = boost::json;

namespace {

void read_gitlab_release(const json::value& payload, sdk::Sink& sink) {
    const std::string id = "release:" + text_at(payload, "id");
    const std::string action = text_at(payload, "action");
    if (text_at(payload, "id").empty())
        throw sdk::Error("this release has no id: it is no event of GitLab");
    if (action == "delete") {
        sink.gone(id);
        return;
    }
    sdk::Item item;
    item.id = id;
    item.title = kit::one_line(first_text(payload, {"name", "tag"}));
    item.link = link_at(payload, "url");
    item.author = text_at(payload, "commit.author.name");
    item.published = time_at(payload, "released_at");
    take_markdown(text_at(payload, "description"), item);
    hand_on(item, sink);
}

/// An issue or a merge request that was opened.
void read_opened(const json::value& payload, const std::string& kind, sdk::Sink& sink) {
    if (text_at(payload, "object_attributes.action") != "open")
        return;
    sdk::Item item;
    item.id = kind + ":" + text_at(payload, "object_attributes.id");
    item.title = kit::one_line(text_at(payload, "object_attributes.title"));
    item.link = link_at(payload, "object_attributes.url");
    item.author = first_text(payload, {"user.name", "user.username"});
    item.published = time_at(payload, "object_attributes.created_at");
    take_markdown(text_at(payload, "object_attributes.description"), item);
    take_labels(payload, "labels", "title", item);
    hand_on(item, sink);
}

} // namespace

void read_gitlab(const json::value& payload, const Options& options, sdk::Sink& sink) {
    const std::string kind = text_at(payload, "object_kind");
    if (kind.empty())
        throw sdk::Error("the body has no object_kind: it is no event of GitLab");
    if (kind == "push" || kind == "tag_push")
        read_push(payload, options, sink);
    else if (kind == "release" && options.wants("release"))
        read_gitlab_release(payload, sink);
    else if (kind == "issue" && options.wants("issues"))
        read_opened(payload, "issue", sink);
    else if (kind == "merge_request" && options.wants("pull_request"))
        read_opened(payload, "pull_request", sink);
}

} // namespace crier::webhook
