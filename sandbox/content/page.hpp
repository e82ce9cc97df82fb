#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

struct PageMedia {
    std::string
        url; ///< without a host where it may be, so that the page's policy lets it in; empty: not ready
    std::string type; ///< "image", "gifv", "video", "audio", as in a MediaAttachment
    std::string description;
    std::string focus{}; ///< "-0.5, 1"; empty: the middle
};

struct PagePoll {
    std::vector<std::string> options;
    std::string closes; ///< RFC 3339
    bool multiple = false;
};

struct PageStatus {
    std::string id;
    std::string account; ///< its name, without "@"
    std::string html;    ///< of status_html(): put into the page as it is
    std::string spoiler_text;
    std::string visibility;
    std::string created_at; ///< RFC 3339
    std::string language;
    bool sensitive = false;
    bool deleted = false;
    std::vector<PageMedia> media;
    std::optional<PagePoll> poll;
    std::string quoted;             ///< its id; empty: none
    std::string replies_to;         ///< its id; empty: none
    std::vector<std::string> marks; ///< "pinned", "local only", "edited", "text/markdown"
};

struct PageInfo {
    std::string base_url;
    std::size_t total = 0;           ///< statuses in all; more than are shown
    std::vector<std::string> faults; ///< what is switched on, in words
};

/// The whole timeline as a page that needs nothing from elsewhere but `/sandbox/page.js`. It holds no inline
/// script and no event handlers; page_policy() can be its Content-Security-Policy.
[[nodiscard]] std::string timeline_page(const PageInfo& info, const std::vector<PageStatus>& newest_first);

/// The inside of the page's list, answered to `GET /sandbox/page`; the script puts it in place when it
/// changed. A header `Sandbox-Total` beside it, the number of statuses in all, keeps the page's count right.
[[nodiscard]] std::string timeline_list(const std::vector<PageStatus>& newest_first);

/// `/sandbox/page.js`, as text/javascript.
[[nodiscard]] std::string_view page_script();

/// A strict Content-Security-Policy under which the page works.
[[nodiscard]] std::string_view page_policy();

} // namespace crier::sandbox
