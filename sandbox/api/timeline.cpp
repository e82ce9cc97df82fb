#include "sandbox/api/timeline.hpp"

#include "sandbox/content/markup.hpp"

#include <cstdio>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::size_t most_shown = 100;

std::string focus_text(const Attachment& attachment) {
    if (attachment.focus_x == 0 && attachment.focus_y == 0)
        return {};
    char text[64];
    std::snprintf(text, sizeof text, "%.2f, %.2f", attachment.focus_x, attachment.focus_y);
    return text;
}

std::vector<std::string> marks_of(const Status& status) {
    std::vector<std::string> marks;
    if (status.pinned)
        marks.emplace_back("pinned");
    if (status.local_only)
        marks.emplace_back("local only");
    if (status.edited)
        marks.emplace_back("edited");
    if (!status.content_type.empty())
        marks.push_back(status.content_type);
    if (!status.quote_policy.empty())
        marks.push_back("quotes: " + status.quote_policy);
    return marks;
}

PageStatus page_status(const World& world, const Status& status) {
    PageStatus page;
    page.id = status.id;
    const Account* const account = world.accounts.find(status.account);
    page.account = account != nullptr ? account->name : "unknown";
    page.html = formatted_html(status.text, status.content_type, world.base_url);
    page.spoiler_text = status.spoiler_text;
    page.visibility = status.visibility;
    page.created_at = rfc3339(status.created);
    page.language = status.language;
    page.sensitive = status.sensitive;
    page.deleted = status.deleted;
    for (const std::string& id : status.media)
        if (const Attachment* const attachment = world.media.find(id))
            page.media.push_back({world.base_url + "/media/" + id, attachment->type, attachment->description,
                                  focus_text(*attachment)});
    if (status.poll)
        page.poll = PagePoll{status.poll->options,
                             rfc3339(status.created + std::chrono::seconds{status.poll->expires_in}),
                             status.poll->multiple};
    page.quoted = status.quoted;
    page.replies_to = status.in_reply_to;
    page.marks = marks_of(status);
    return page;
}

} // namespace

std::vector<PageStatus> page_statuses(const World& world) {
    std::vector<PageStatus> pages;
    const auto& all = world.statuses.all();
    for (auto status = all.rbegin(); status != all.rend() && pages.size() < most_shown; ++status)
        pages.push_back(page_status(world, *status));
    return pages;
}

PageInfo page_info(const World& world) {
    PageInfo info;
    info.base_url = world.base_url;
    info.total = world.statuses.all().size();
    for (const Fault& fault : world.faults.all())
        if (info.faults.size() < 20)
            info.faults.push_back(describe(fault));
    return info;
}

std::string describe(const Fault& fault) {
    return fault.on + ": " + fault.what + (fault.after ? " after it is done" : "") +
           (fault.count == 1 ? " (once)" : " (" + std::to_string(fault.count) + " times)");
}

} // namespace crier::sandbox
