#include "sandbox/content/feed_dates.hpp"
#include "sandbox/content/html.hpp"
#include "sandbox/content/page_parts.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace crier::sandbox {
namespace {

constexpr unsigned hues = 10; // .hue-0 ... in the style

struct Visibility {
    std::string_view name;
    std::string_view label;
    std::string_view shape; ///< in a box of 16 by 16
};

constexpr Visibility visibilities[] = {
    {"public", "Public",
     R"(<circle cx="8" cy="8" r="6.2"/><path d="M1.8 8h12.4M8 1.8c4.2 3.6 4.2 8.8 0 12.4M8 1.8c-4.2 3.6-4.2 8.8 0 12.4"/>)"},
    {"unlisted", "Unlisted", R"(<path d="M13.5 9.8A6 6 0 1 1 6.2 2.5a4.8 4.8 0 0 0 7.3 7.3z"/>)"},
    {"private", "Followers only",
     R"(<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>)"},
    {"direct", "Direct",
     R"(<circle cx="8" cy="8" r="2.6"/><path d="M10.6 5.4v3.4c0 2.6 3.6 2 3.6-.8A6.2 6.2 0 1 0 11.6 13"/>)"}};

std::string visibility_mark(std::string_view name) {
    for (const Visibility& known : visibilities)
        if (known.name == name)
            return "<span class=\"visibility\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">" +
                   std::string(known.shape) + "</svg>" + std::string(known.label) + "</span>";
    return "<span class=\"visibility\">" + escape_html(name) + "</span>";
}

unsigned hue_of(std::string_view account) {
    std::uint32_t sum = 2166136261U;
    for (const char c : account)
        sum = (sum ^ static_cast<unsigned char>(c)) * 16777619U;
    return (sum >> 16U) % hues;
}

// "24 Nov 2026, 09:00:05 UTC"; as it is when it cannot be read.
std::string shown_time(const std::string& created_at) {
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto time = from_rfc3339(created_at);
    if (!time)
        return escape_html(created_at);
    const auto date = std::chrono::floor<std::chrono::days>(*time);
    const std::chrono::year_month_day day{date};
    const std::chrono::hh_mm_ss clock{*time - date};
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%u %s %d, %02d:%02d:%02d UTC", unsigned(day.day()),
                  months[unsigned(day.month()) - 1], int(day.year()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return buffer.data();
}

std::string media_element(const PageMedia& media) {
    const std::string url = escape_html(media.url), description = escape_html(media.description);
    if (media.url.empty())
        return "<p class=\"pending\">Still being processed</p>";
    if (media.type == "image")
        return "<a href=\"" + url + "\"><img src=\"" + url + "\" alt=\"" + description +
               "\" loading=\"lazy\"></a>";
    if (media.type == "video")
        return "<video controls preload=\"metadata\" src=\"" + url + "\" aria-label=\"" + description +
               "\"></video>";
    if (media.type == "gifv")
        return "<video controls loop muted playsinline src=\"" + url + "\" aria-label=\"" + description +
               "\"></video>";
    if (media.type == "audio")
        return "<audio controls preload=\"metadata\" src=\"" + url + "\" aria-label=\"" + description +
               "\"></audio>";
    return "<p class=\"pending\"><a href=\"" + url + "\">" + escape_html(media.type) + " file</a></p>";
}

// Screen readers have the description by alt=; the caption is for all others.
std::string figure(const PageMedia& media) {
    std::string out = "<figure>" + media_element(media) + "<figcaption";
    if (media.description.empty())
        out += " class=\"no-alt\"><b>no ALT</b> without a description";
    else
        out += " aria-hidden=\"true\"><b>ALT</b> " + escape_html(media.description);
    if (!media.focus.empty())
        out += " <small>focus " + escape_html(media.focus) + "</small>";
    return out + "</figcaption></figure>";
}

std::string gallery(const std::vector<PageMedia>& media) {
    if (media.empty())
        return {};
    std::string out = "<div class=\"media" + std::string(media.size() > 1 ? " several" : "") + "\">";
    for (const PageMedia& one : media)
        out += figure(one);
    return out + "</div>";
}

std::string folded(std::string_view summary, std::string_view inside) {
    return "<details class=\"warning\"><summary><span dir=\"auto\">" + escape_html(summary) +
           "</span><span class=\"button\" aria-hidden=\"true\"></span></summary>" + std::string(inside) +
           "</details>";
}

std::string poll_list(const PagePoll& poll) {
    std::string out = "<ul class=\"poll\">";
    for (const std::string& option : poll.options)
        out += "<li>" + std::string(poll.multiple ? "☐ " : "○ ") + escape_html(option) + "</li>";
    return out + "</ul><p class=\"closes\">closes " + shown_time(poll.closes) + "</p>";
}

std::string reference(std::string_view word, const std::string& id) {
    if (id.empty())
        return {};
    const std::string shown = escape_html(id);
    return "<p class=\"reference\">" + std::string(word) + " <a href=\"#status-" + shown + "\">" + shown +
           "</a></p>";
}

std::string content(const PageStatus& status) {
    std::string text;
    if (!status.html.empty()) {
        text = "<div class=\"text\" dir=\"auto\"";
        if (!status.language.empty())
            text += " lang=\"" + escape_html(status.language) + "\"";
        text += ">" + status.html + "</div>";
    }
    if (status.poll)
        text += poll_list(*status.poll);
    text += reference("quotes", status.quoted);
    const std::string pictures = gallery(status.media);
    if (!status.spoiler_text.empty())
        return folded(status.spoiler_text, text + pictures);
    if (status.sensitive && !pictures.empty())
        return text + folded("Sensitive media", pictures);
    return text + pictures;
}

} // namespace

std::string initials(std::string_view account) {
    std::string letters;
    bool begins = true;
    for (const char c : account) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_letter && begins && letters.size() < 2)
            letters += c;
        begins = !is_letter;
    }
    if (letters.size() == 1)
        letters = account.substr(account.find(letters.front()), 2);
    for (char& c : letters)
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return letters.empty() ? "?" : letters;
}

std::string status_card(const PageStatus& status) {
    const std::string anchor = "status-" + escape_html(status.id);
    const std::string account = escape_html(status.account);
    std::string card = "<li class=\"card" + std::string(status.deleted ? " deleted" : "") + "\" id=\"" +
                       anchor + "\"><article aria-label=\"Post by " + account + "\">";
    card += "<header><span class=\"avatar hue-" + std::to_string(hue_of(status.account)) +
            "\" aria-hidden=\"true\">" + escape_html(initials(status.account)) + "</span>";
    card += "<div class=\"who\"><strong>" + account + "</strong><span>@" + account + "</span></div>";
    card += "<div class=\"when\"><a href=\"#" + anchor + "\"><time datetime=\"" +
            escape_html(status.created_at) + "\">" + shown_time(status.created_at) + "</time></a>" +
            visibility_mark(status.visibility) + "</div></header>";
    card += reference("replies to", status.replies_to);
    card += content(status);
    card += "<footer><span>" + std::string(status.deleted ? "<b class=\"gone\">deleted</b> " : "") + "id " +
            escape_html(status.id) + "</span>";
    if (!status.language.empty())
        card += "<span>" + escape_html(status.language) + "</span>";
    for (const std::string& mark : status.marks)
        card += "<span class=\"mark\">" + escape_html(mark) + "</span>";
    return card + "</footer></article></li>\n";
}

} // namespace crier::sandbox
