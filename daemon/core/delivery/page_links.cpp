#include "core/delivery/page_links.hpp"

#include "core/address.hpp"
#include "core/identity.hpp"
#include "core/shorteners.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

namespace crier::delivery {
namespace {

/// As much of a status as is needed to know an item's title in it.
constexpr std::size_t most_words = 300;

PageLink page_link(const SeenStatus& status, std::string link) {
    PageLink found;
    found.shortened = is_shortened(link);
    found.link = std::move(link);
    found.words = text::first_graphemes(text::one_line(status.text), most_words);
    found.status = status.url;
    return found;
}

/// The preview is that of the first link.
bool tells_first(const SeenStatus& status) {
    return is_http(status.card) && !is_shortened(status.card);
}

} // namespace

std::vector<std::string> written_links(const SeenStatus& status) {
    std::vector<std::string> links = status.links;
    if (links.empty()) // a server that leaves links as they were written
        for (const text::Entity& link : text::find_addresses(status.text))
            links.push_back(status.text.substr(link.begin, link.end - link.begin));
    std::erase_if(links, [](const std::string& link) { return !is_http(link); });
    return links;
}

std::string only_link(const SeenStatus& status) {
    const std::vector<std::string> written = written_links(status);
    std::unordered_set<std::string> different;
    for (const std::string& link : written)
        different.insert(canonical_link(link));
    if (different.size() != 1)
        return {};
    const bool told = is_shortened(written.front()) && tells_first(status);
    return canonical_link(told ? status.card : written.front());
}

std::vector<PageLink> links_of(const std::vector<SeenStatus>& statuses) {
    std::vector<PageLink> links;
    std::unordered_set<std::string> known;
    for (auto status = statuses.rbegin(); status != statuses.rend(); ++status) {
        if (status->boost)
            continue;
        std::vector<std::string> all = written_links(*status);
        if (tells_first(*status)) {
            if (!all.empty() && is_shortened(all.front()))
                all.erase(all.begin());
            all.push_back(status->card);
        }
        for (std::string& link : all)
            if (known.insert(canonical_link(link)).second)
                links.push_back(page_link(*status, std::move(link)));
    }
    return links;
}

} // namespace crier::delivery
