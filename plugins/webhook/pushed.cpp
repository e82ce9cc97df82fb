#include "kit/json_path.hpp"
#include "kit/text.hpp"
#include "webhook/forges.hpp"
#include "webhook/parts.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace crier::webhook {

namespace json = boost::json;

namespace {

constexpr std::string_view branches = "refs/heads/";
constexpr std::string_view tags = "refs/tags/";

std::string first_line(const std::string& text) {
    return std::string{kit::trimmed(std::string_view{text}.substr(0, text.find('\n')))};
}

/// The last one, which the branch stands at now. Null: there is none.
const json::value* head_of(const json::value& payload, const json::array* commits) {
    if (const json::value* head = kit::at_path(payload, "head_commit"); head != nullptr && head->is_object())
        return head;
    return commits != nullptr && !commits->empty() ? &commits->back() : nullptr;
}

bool is_nothing(const std::string& commit) {
    return commit.find_first_not_of('0') == std::string::npos;
}

} // namespace

void read_push(const json::value& payload, const Options& options, sdk::Sink& sink) {
    const std::string ref = text_at(payload, "ref");
    const std::string after = first_text(payload, {"after", "checkout_sha"});
    const bool tag = ref.substr(0, tags.size()) == tags;
    if ((!tag && ref.substr(0, branches.size()) != branches) || is_nothing(after)) // removed
        return;
    if (!options.wants("push") && !(tag && options.wants("tag")))
        return;
    const json::value* list = kit::at_path(payload, "commits");
    const json::array* commits = list != nullptr ? list->if_array() : nullptr;
    const json::value* head = head_of(payload, commits);
    const std::string name = ref.substr(tag ? tags.size() : branches.size());
    if (!tag && (commits == nullptr || commits->empty())) // a branch was begun where another one stands
        return;
    sdk::Item item;
    item.id = (tag ? "tag:" : "push:") + name + ":" + after;
    item.categories.push_back(name);
    item.author = first_text(payload, {"pusher.full_name", "pusher.name", "pusher.login", "user_name"});
    item.link = link_at(payload, "compare_url").empty() ? link_at(payload, "compare")
                                                        : link_at(payload, "compare_url");
    if (head != nullptr) {
        item.title = first_line(text_at(*head, "message"));
        item.published = time_at(*head, "timestamp");
        if (tag || item.link.empty() || commits->size() == 1)
            item.link = link_at(*head, "url");
    }
    if (tag) {
        item.title = name;
        item.content = first_text(payload, {"message", "head_commit.message"});
    } else {
        for (const json::value& commit : *commits)
            item.content += (item.content.empty() ? "- " : "\n- ") + first_line(text_at(commit, "message"));
    }
    hand_on(item, sink);
}

} // namespace crier::webhook
