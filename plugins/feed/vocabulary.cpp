#include "feed/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace crier::feed {
namespace {

struct Address {
    std::string_view address;
    Space space;
};

constexpr Address addresses[] = {
    {"http://www.w3.org/2005/Atom", Space::atom},
    {"http://purl.org/atom/ns#", Space::atom},
    {"http://purl.org/rss/1.0/", Space::rss},
    {"http://my.netscape.com/rdf/simple/0.9/", Space::rss},
    {"http://channel.netscape.com/rdf/simple/0.9/", Space::rss},
    {"http://purl.org/rss/1.0/modules/content/", Space::content},
    {"http://purl.org/dc/elements/1.1/", Space::dublin_core},
    {"http://purl.org/dc/elements/1.0/", Space::dublin_core},
    {"http://purl.org/dc/terms/", Space::dublin_core},
    {"http://search.yahoo.com/mrss/", Space::media},
    {"http://search.yahoo.com/mrss", Space::media},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    {"http://www.itunes.com/DTDs/Podcast-1.0.dtd", Space::itunes},
    {"http://purl.org/rss/1.0/modules/syndication/", Space::syndication},
    {"http://www.w3.org/1999/xhtml", Space::xhtml},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::other},
};

struct Prefix {
    std::string_view prefix;
    Space space;
};

constexpr Prefix prefixes[] = {
    {"atom", Space::atom},   {"content", Space::content}, {"dc", Space::dublin_core},
    {"media", Space::media}, {"itunes", Space::itunes},   {"dcterms", Space::dublin_core},
    {"rss", Space::rss},     {"sy", Space::syndication},
};

struct Word {
    Space space;
    std::string_view name;
    Term term;

    friend constexpr bool operator<(const Word& a, const Word& b) {
        return a.space != b.space ? a.space < b.space : a.name < b.name;
    }
};

// RSS's and Atom's words stand in one list, for feeds mix them and forget the namespace.
constexpr Word words[] = {
    {Space::rss, "author", Term::author},
    {Space::rss, "body", Term::content},
    {Space::rss, "category", Term::category},
    {Space::rss, "content", Term::content},
    {Space::rss, "created", Term::published},
    {Space::rss, "description", Term::summary},
    {Space::rss, "enclosure", Term::enclosure},
    {Space::rss, "entry", Term::item},
    {Space::rss, "guid", Term::id},
    {Space::rss, "id", Term::id},
    {Space::rss, "issued", Term::published},
    {Space::rss, "item", Term::item},
    {Space::rss, "language", Term::language},
    {Space::rss, "link", Term::link},
    {Space::rss, "modified", Term::updated},
    {Space::rss, "name", Term::name},
    {Space::rss, "pubDate", Term::published},
    {Space::rss, "pubdate", Term::published},
    {Space::rss, "published", Term::published},
    {Space::rss, "source", Term::source},
    {Space::rss, "summary", Term::summary},
    {Space::rss, "title", Term::title},
    {Space::rss, "ttl", Term::ttl},
    {Space::rss, "updated", Term::updated},
    {Space::content, "encoded", Term::content},
    {Space::dublin_core, "created", Term::published},
    {Space::dublin_core, "creator", Term::author},
    {Space::dublin_core, "date", Term::published},
    {Space::dublin_core, "description", Term::summary},
    {Space::dublin_core, "identifier", Term::id},
    {Space::dublin_core, "issued", Term::published},
    {Space::dublin_core, "language", Term::language},
    {Space::dublin_core, "modified", Term::updated},
    {Space::dublin_core, "subject", Term::category},
    {Space::dublin_core, "title", Term::title},
    {Space::media, "content", Term::media_content},
    {Space::media, "description", Term::media_description},
    {Space::media, "group", Term::media_group},
    {Space::media, "thumbnail", Term::media_thumbnail},
    {Space::itunes, "author", Term::author},
    {Space::itunes, "category", Term::category},
    {Space::itunes, "image", Term::image},
    {Space::itunes, "subtitle", Term::summary},
    {Space::itunes, "summary", Term::summary},
    {Space::itunes, "title", Term::title},
    {Space::syndication, "updateFrequency", Term::update_frequency},
    {Space::syndication, "updatePeriod", Term::update_period},
    {Space::xhtml, "body", Term::content},
    {Space::xhtml, "div", Term::content},
};

static_assert(std::is_sorted(std::begin(words), std::end(words)));

/// Where each space's words begin, and behind the last one.
constexpr auto begins = [] {
    std::array<std::size_t, static_cast<std::size_t>(Space::other) + 2> table{};
    for (std::size_t i = 0; i < std::size(words); ++i)
        for (std::size_t space = static_cast<std::size_t>(words[i].space) + 1; space < table.size(); ++space)
            table[space] = i + 1;
    return table;
}();

} // namespace

Space space_of(const XmlName& name) {
    if (!name.uri.empty())
        for (const Address& known : addresses)
            if (name.uri == known.address)
                return known.space;
    if (name.prefix.empty())
        return Space::rss; // of its own making, or none: the names are the usual ones
    if (!name.uri.empty())
        return Space::other;
    // Nobody declared the prefix, as in feeds that are made by hand.
    const auto* known = std::find_if(std::begin(prefixes), std::end(prefixes),
                                     [&name](const Prefix& one) { return one.prefix == name.prefix; });
    return known == std::end(prefixes) ? Space::other : known->space;
}

Term term_of(Space space, std::string_view name) {
    if (name.empty())
        return Term::none;
    const auto own = static_cast<std::size_t>(space == Space::atom ? Space::rss : space);
    for (std::size_t i = begins[own]; i < begins[own + 1]; ++i)
        if (words[i].name.front() == name.front() && words[i].name == name)
            return words[i].term;
    return Term::none;
}

} // namespace crier::feed
