#include "feed/xml_feed.hpp"

#include "feed/feed_reader.hpp"
#include "feed/tombstones.hpp"
#include "feed/xml_reader.hpp"

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

} // namespace

void read_xml_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                   sdk::Sink& sink, Warnings& warnings) {
    Tombstones tombstones = Tombstones::in(document);
    FeedReader reader{base_url, max_items, tombstones, sink, warnings};
    read_xml(document, reader, warnings);
    if (reader.root().empty())
        throw sdk::Error("this breaks off before it begins: there is no element in it");
    if (!reader.is_feed())
        throw sdk::Error(refusal(reader.root()));
    tombstones.report(sink);
    if (const auto pace = reader.pace())
        sink.pace(*pace);
}

} // namespace crier::feed
