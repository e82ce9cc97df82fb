#include "sandbox/content/feed.hpp"

#include "sandbox/content/feed_dates.hpp"
#include "sandbox/content/html.hpp"
#include "sandbox/content/letters.hpp"

#include <boost/json.hpp>

namespace crier::sandbox {
namespace {

constexpr std::string_view feed_title = "The Port Alder Courier";
constexpr std::string_view feed_about = "Invented news from an invented town, for trying things out.";

// XML has no way at all to write some characters; those are left out.
std::string without_what_xml_cannot_hold(std::string_view text) {
    const auto letters = letters_of(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        const auto code = letters[i].code;
        const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
        if (!control && code != 0xFFFE && code != 0xFFFF)
            out += text.substr(letters[i].begin, letters[i + 1].begin - letters[i].begin);
    }
    return out;
}

std::string xml(std::string_view text) {
    return escape_html(without_what_xml_cannot_hold(text));
}

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + xml(text) + "</" + std::string(name) + ">\n";
}

std::string picture_url(std::string_view base_url, const FeedItem& item) {
    return std::string(base_url) + "/pictures/" + std::to_string(item.picture) + ".png";
}

std::string media_content(std::string_view base_url, const FeedItem& item) {
    return "<media:content url=\"" + xml(picture_url(base_url, item)) +
           "\" type=\"image/png\" medium=\"image\" width=\"640\" height=\"360\">" +
           "<media:description type=\"plain\">" + xml(item.picture_alt) +
           "</media:description></media:content>\n";
}

} // namespace

std::string rss(std::string_view base_url, const std::vector<FeedItem>& newest_first) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n";
    out += element("title", feed_title) + element("link", std::string(base_url) + "/") +
           element("description", feed_about) + element("language", "en");
    for (const FeedItem& item : newest_first) {
        out += "<item>\n";
        if (!item.title.empty())
            out += element("title", item.title);
        if (!item.link.empty())
            out += element("link", item.link);
        out += "<guid isPermaLink=\"false\">" + xml(item.id) + "</guid>\n";
        if (const auto time = from_rfc3339(item.published))
            out += element("pubDate", to_rfc822(*time));
        out += element("description", item.body);
        for (const auto& category : item.categories)
            out += element("category", category);
        if (item.picture >= 0) // its length in bytes is not known without painting it; 0 says so
            out += "<enclosure url=\"" + xml(picture_url(base_url, item)) +
                   "\" length=\"0\" type=\"image/png\"/>\n" + media_content(base_url, item);
        out += "</item>\n";
    }
    return out + "</channel>\n</rss>\n";
}

std::string atom(std::string_view base_url, const std::vector<FeedItem>& newest_first) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xmlns:media=\"http://search.yahoo.com/mrss/\" xml:lang=\"en\">\n";
    const std::string never = "1970-01-01T00:00:00Z";
    out += element("id", std::string(base_url) + "/") + element("title", feed_title) +
           element("subtitle", feed_about) +
           element("updated", newest_first.empty() ? never : newest_first.front().published);
    out += "<link rel=\"alternate\" href=\"" + xml(base_url) + "/\"/>\n";
    out += "<author>" + element("name", feed_title) + "</author>\n";
    for (const FeedItem& item : newest_first) {
        out += "<entry>\n" + element("id", item.id) + element("title", item.title);
        if (!item.link.empty())
            out += "<link rel=\"alternate\" href=\"" + xml(item.link) + "\"/>\n";
        out += element("published", item.published) + element("updated", item.published);
        out += "<summary type=\"text\">" + xml(item.body) + "</summary>\n";
        for (const auto& category : item.categories)
            out += "<category term=\"" + xml(category) + "\"/>\n";
        if (item.picture >= 0)
            out += "<link rel=\"enclosure\" type=\"image/png\" href=\"" + xml(picture_url(base_url, item)) +
                   "\" title=\"" + xml(item.picture_alt) + "\"/>\n" + media_content(base_url, item);
        out += "</entry>\n";
    }
    return out + "</feed>\n";
}

std::string json_feed(std::string_view base_url, const std::vector<FeedItem>& newest_first) {
    namespace json = boost::json;
    const auto text = [](std::string_view value) {
        return json::string(without_what_xml_cannot_hold(value));
    };
    json::array items;
    for (const FeedItem& item : newest_first) {
        json::object entry;
        entry["id"] = text(item.id);
        if (!item.link.empty())
            entry["url"] = text(item.link);
        if (!item.title.empty())
            entry["title"] = text(item.title);
        entry["content_text"] = text(item.body);
        entry["date_published"] = text(item.published);
        if (!item.categories.empty()) {
            json::array tags;
            for (const auto& category : item.categories)
                tags.emplace_back(text(category));
            entry["tags"] = std::move(tags);
        }
        if (item.picture >= 0) {
            const std::string url = picture_url(base_url, item);
            entry["image"] = text(url);
            entry["content_html"] =
                text("<p>" + escape_html(item.body) + "</p><p><img src=\"" + escape_html(url) + "\" alt=\"" +
                     escape_html(item.picture_alt) + "\"></p>");
            entry["attachments"] = json::array{json::object{
                {"url", text(url)}, {"mime_type", "image/png"}, {"title", text(item.picture_alt)}}};
        }
        items.emplace_back(std::move(entry));
    }
    json::object feed;
    feed["version"] = "https://jsonfeed.org/version/1.1";
    feed["title"] = json::string(feed_title);
    feed["description"] = json::string(feed_about);
    feed["home_page_url"] = text(std::string(base_url) + "/");
    feed["language"] = "en";
    feed["items"] = std::move(items);
    return json::serialize(feed);
}

} // namespace crier::sandbox
