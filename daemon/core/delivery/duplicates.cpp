#include "core/delivery/duplicates.hpp"

#include "core/delivery/comparable.hpp"
#include "core/delivery/page_links.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace crier::delivery {
namespace {

/// Equal for statuses that say the same; empty where there is nothing to compare.
std::string said(const SeenStatus& status) {
    std::string text = comparable_words(status.text, written_links(status));
    std::string spoiler = comparable(status.spoiler_text);
    if (text.empty()) // a server moves a warning without a text into the text
        std::swap(text, spoiler);
    return text.empty() ? text : text + '\n' + spoiler + '\n' + std::to_string(status.media.size());
}

} // namespace

std::vector<Duplicate> duplicates(const std::vector<SeenStatus>& statuses) {
    std::unordered_map<std::string, std::size_t> by_text;
    std::unordered_map<std::string, std::size_t> by_link;
    std::vector<Duplicate> groups;
    const auto add = [&](auto& index, std::string key, Duplicate::By by, std::string what, std::size_t at) {
        const auto [known, is_new] = index.emplace(std::move(key), groups.size());
        if (is_new) {
            groups.emplace_back();
            groups.back().by = by;
            groups.back().what = std::move(what);
        }
        groups[known->second].statuses.push_back(at);
        return is_new;
    };
    for (std::size_t i = statuses.size(); i-- > 0;) {
        const SeenStatus& status = statuses[i];
        if (status.boost || !status.in_reply_to.empty())
            continue;
        std::string words = said(status);
        const bool again = !words.empty() && !add(by_text, std::move(words), Duplicate::By::text,
                                                  text::one_line(status.text), i);
        if (std::string link = only_link(status); !link.empty() && !again)
            (void)add(by_link, link, Duplicate::By::link, link, i);
    }
    std::erase_if(groups, [](const Duplicate& group) { return group.statuses.size() < 2; });
    std::stable_sort(groups.begin(), groups.end(), [](const Duplicate& a, const Duplicate& b) {
        return a.statuses.front() > b.statuses.front();
    });
    return groups;
}

} // namespace crier::delivery
