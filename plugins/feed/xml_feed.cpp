#include "feed/xml_feed.hpp"

#include "feed/feed_reader.hpp"
#include "feed/tombstones.hpp"
#include "feed/xml_reader.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace crier::feed {
namespace {

/// What people take for a feed.
std::string refusal(const std::string& root) {
    std::string words = "this is XML, but no feed: it begins with <" + root.substr(0, 60) + ">";
    if (root == "opml")
        words += ", a list of feeds; take the address of one of them (xmlUrl)";
    else if (root == "urlset" || root == "sitemapindex")
        words += ", a site map; look for the feed's own address on the site";
    else
        words += ", where RSS has <rss> or <rdf:RDF>, and Atom <feed>";
    return words;
}

/// Whether behind the last item there may be an author or a language of all of them: neither RSS nor Atom
/// says in which order a feed's elements stand (RFC 4287, 4.1.1).
bool has_late_facts(std::string_view document) {
    std::string_view tail = document;
    for (const std::string_view end : {"</item>", "</entry>", ":item>", ":entry>"})
        if (const auto last = tail.rfind(end); last != std::string_view::npos)
            tail.remove_prefix(last + end.size());
    if (tail.size() == document.size())
        return false;
    constexpr std::string_view words[] = {"author", "language", "managingEditor", "creator"};
    return std::any_of(std::begin(words), std::end(words),
                       [tail](std::string_view word) { return tail.find(word) != std::string_view::npos; });
}

} // namespace

void read_xml_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                   sdk::Sink& sink, Warnings& warnings) {
    Tombstones tombstones = Tombstones::in(document);
    FeedReader reader{base_url, max_items, tombstones, sink, warnings};
    if (has_late_facts(document))
        reader.hold_items();
    read_xml(document, reader, warnings);
    reader.finish();
    if (reader.root().empty())
        throw sdk::Error("this breaks off before it begins: there is no element in it");
    if (!reader.is_feed())
        throw sdk::Error(refusal(reader.root()));
    tombstones.report(sink);
    if (const auto pace = reader.pace())
        sink.pace(*pace);
    reader.hub().report(sink);
}

} // namespace crier::feed
