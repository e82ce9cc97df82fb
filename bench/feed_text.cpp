#include "bench/feed_text.hpp"

#include <array>
#include <cstdint>
#include <ctime>

namespace crier::bench {
namespace {

/// Texts of some length with a letter or two beyond ASCII, as they are.
constexpr std::array words{"council",  "über",   "harbour",  "reports",  "the",     "new",     "bridge",
                           "of",       "and",    "café",     "opens",    "weather", "in",      "Málaga",
                           "tomorrow", "a",      "thousand", "people",   "release", "version", "with",
                           "faster",   "search", "for",      "everyone", "–",       "while",   "railways",
                           "strike",   "ends",   "after",    "days"};

/// Of the newest item; each other one is an hour and some minutes older.
constexpr std::time_t newest_item = 1748772000; // 1 June 2025, 10:00 UTC
constexpr std::time_t between_items = 4100;

class Words {
public:
    explicit Words(std::uint64_t seed)
        : state_(seed * 2862933555777941757U + 3037000493U) {}

    const char* word() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return words[(state_ >> 33U) % words.size()];
    }

    std::string several(int number) {
        std::string text = word();
        for (int i = 1; i < number; ++i)
            text.append(" ").append(word());
        return text;
    }

private:
    std::uint64_t state_;
};

std::string date(std::time_t at) {
    std::tm parts{};
    ::gmtime_r(&at, &parts);
    std::array<char, 40> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts)};
}

/// One paragraph or two.
std::string description(Words& some, std::size_t number, const std::string& link) {
    std::string html = "<p><img src=\"" + link + "/picture.jpg\" alt=\"" + some.several(3) + "\"/></p>";
    for (std::size_t i = 0; i <= number / 2 % 2; ++i)
        html += "<p>" + some.several(12) + " <a href=\"" + link + "?page=2&amp;view=all\">" +
                some.several(3) + "</a>, <em>" + some.word() + "</em> &amp; it&#8217;s " + some.several(9) +
                ".</p>\n";
    return html;
}

std::string with_references(const std::string& html) {
    std::string text;
    for (const char c : html)
        if (c == '<')
            text += "&lt;";
        else if (c == '>')
            text += "&gt;";
        else if (c == '&')
            text += "&amp;";
        else
            text += c;
    return text;
}

void add_item(std::string& out, std::size_t number, std::time_t at) {
    Words some{number};
    const std::string id = std::to_string(number);
    const std::string link = "https://news.example.org/2025/article-" + id;
    const std::string html = description(some, number, link);
    out += "    <item>\n      <title>" + some.several(7) + " &amp; " + some.several(2) + " (" + id +
           ")</title>\n      <link>" + link +
           "</link>\n      <guid isPermaLink=\"false\">tag:news.example.org,2025:" + id +
           "</guid>\n      <pubDate>" + date(at) + "</pubDate>\n      <dc:creator>" + some.several(2) +
           "</dc:creator>\n      <category>" + some.word() + "</category>\n      <category>" + some.word() +
           "</category>\n      <description>" +
           (number % 2 == 0 ? "<![CDATA[" + html + "]]>" : with_references(html)) +
           "</description>\n    </item>\n";
}

} // namespace

std::string rss_feed(std::size_t items) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n  <channel>\n"
                      "    <title>News of the example</title>\n    <link>https://news.example.org/</link>\n"
                      "    <description>What happens there</description>\n    <language>en</language>\n";
    for (std::size_t i = 0; i < items; ++i)
        add_item(out, items - i, newest_item - static_cast<std::time_t>(i) * between_items);
    return out + "  </channel>\n</rss>\n";
}

} // namespace crier::bench
