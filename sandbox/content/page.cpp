#include "sandbox/content/page.hpp"

#include "sandbox/content/html.hpp"
#include "sandbox/content/page_parts.hpp"

namespace crier::sandbox {
namespace {

// A constant: it only tells the page's own style from one that a status might bring, and those are escaped.
constexpr std::string_view style_nonce = "crier-sandbox";

constexpr std::string_view bell =
    R"(<svg class="logo" viewBox="0 0 48 48" aria-hidden="true"><rect width="48" height="48" rx="13"/>)"
    R"(<path d="M24 9.5a2 2 0 0 1 2 2v1.3c4.9.9 8.2 5 8.2 10.2v6.2l2.9 4.3a1.6 1.6 0 0 1-1.3 2.5H12.2)"
    R"(a1.6 1.6 0 0 1-1.3-2.5l2.9-4.3V23c0-5.2 3.3-9.3 8.2-10.2v-1.3a2 2 0 0 1 2-2z"/>)"
    R"(<path d="M19.9 37.8h8.2a4.1 4.1 0 0 1-8.2 0z"/></svg>)";

constexpr std::string_view icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'%3E%3Crect width='48' "
    "height='48' rx='13' fill='%235b4bd6'/%3E%3Cpath fill='%23fff' d='M24 9.5a2 2 0 0 1 2 2v1.3c4.9.9 8.2 5 "
    "8.2 10.2v6.2l2.9 4.3a1.6 1.6 0 0 1-1.3 2.5H12.2a1.6 1.6 0 0 1-1.3-2.5l2.9-4.3V23c0-5.2 "
    "3.3-9.3 8.2-10.2v-1.3a2 2 0 0 1 2-2zM19.9 37.8h8.2a4.1 4.1 0 0 1-8.2 0z'/%3E%3C/svg%3E";

std::string fault_list(const std::vector<std::string>& faults) {
    if (faults.empty())
        return {};
    std::string out = "<section class=\"faults\" aria-labelledby=\"faults\">"
                      "<h2 id=\"faults\">Faults switched on</h2><ul>";
    for (const auto& fault : faults)
        out += "<li>" + escape_html(fault) + "</li>";
    return out + "</ul></section>";
}

} // namespace

std::string timeline_list(const std::vector<PageStatus>& newest_first) {
    if (newest_first.empty())
        return "<li class=\"card empty\" id=\"empty\"><p><strong>Nothing has been posted yet.</strong></p>"
               "<p>What arrives here shows up by itself.</p></li>\n";
    std::string out;
    for (const PageStatus& status : newest_first)
        out += status_card(status);
    return out;
}

std::string timeline_page(const PageInfo& info, const std::vector<PageStatus>& newest_first) {
    std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n"
                       "<title>Timeline · crier sandbox</title>\n";
    page += "<link rel=\"icon\" href=\"" + std::string(icon) + "\">\n";
    page += "<style nonce=\"" + std::string(style_nonce) + "\">" + std::string(page_style()) + "</style>\n";
    page += "<script src=\"/sandbox/page.js\" defer></script>\n</head>\n<body>\n";
    page += "<a class=\"skip\" href=\"#timeline\">Skip to the timeline</a>\n";
    page += "<header class=\"side\">\n<div class=\"brand\">" + std::string(bell) +
            "<div><h1>crier sandbox</h1><p>a server to try things on</p></div></div>\n";
    page += "<dl class=\"facts\"><div><dt>Server</dt><dd><code>" + escape_html(info.base_url) +
            "</code></dd></div><div><dt>Posts</dt><dd id=\"total\" aria-live=\"polite\">" +
            std::to_string(info.total) + "</dd></div></dl>\n";
    page += fault_list(info.faults);
    page +=
        "</header>\n<main>\n<h2 class=\"unseen\">Timeline</h2>\n<ol class=\"timeline\" id=\"timeline\">\n";
    page += timeline_list(newest_first);
    return page + "</ol>\n</main>\n</body>\n</html>\n";
}

std::string_view page_policy() {
    return "default-src 'none'; script-src 'self'; style-src 'nonce-crier-sandbox'; img-src 'self' data:; "
           "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
           "'none'";
}

} // namespace crier::sandbox
