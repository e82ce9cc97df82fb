#include "feed/vocabulary.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace crier::feed {
namespace {

struct Address {
    std::string_view address; ///< in lower case, without scheme and what may stand behind it
    Space space;
};

// With what people make of the addresses: they are compared without regard to case, to http or https, and to
// a slash or '#' at the end.
constexpr Address addresses[] = {
    {"www.w3.org/2005/atom", Space::atom},
    {"purl.org/atom/ns", Space::atom},
    {"example.com/newformat", Space::atom}, // drafts of 0.3
    {"purl.org/rss/1.0", Space::rss},
    {"my.netscape.com/rdf/simple/0.9", Space::rss},
    {"channel.netscape.com/rdf/simple/0.9", Space::rss},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Space::rss},
    {"backend.userland.com/rss2", Space::rss},
    {"backend.userland.com/rss", Space::rss},
    {"blogs.law.harvard.edu/tech/rss", Space::rss},
    {"cyber.law.harvard.edu/rss/rss.html", Space::rss},
    {"www.rssboard.org/rss-specification", Space::rss},
    {"purl.org/net/rss1.1", Space::rss},
    {"purl.org/rss/1.0/modules/content", Space::content},
    {"purl.org/rss/modules/content", Space::content},
    {"purl.org/dc/elements/1.1", Space::dublin_core},
    {"purl.org/dc/elements/1.0", Space::dublin_core},
    {"purl.org/dc/terms", Space::dublin_core},
    {"purl.org/metadata/dublin_core", Space::dublin_core},
    {"search.yahoo.com/mrss", Space::media},
    {"tools.search.yahoo.com/mrss", Space::media},
    {"video.search.yahoo.com/mrss", Space::media},
    {"www.rssboard.org/media-rss", Space::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    {"itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    {"purl.org/rss/1.0/modules/syndication", Space::syndication},
    {"prismstandard.org/namespaces/basic/1.2", Space::prism},
    {"prismstandard.org/namespaces/1.2/basic", Space::prism},
    {"prismstandard.org/namespaces/basic/2.0", Space::prism},
    {"prismstandard.org/namespaces/basic/2.1", Space::prism},
    {"prismstandard.org/namespaces/basic/3.0", Space::prism},
    {"www.w3.org/1999/xhtml", Space::xhtml},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", Space::rdf},
    {"rssnamespace.org/feedburner/ext/1.0", Space::counter},
    {"www.pheedo.com/namespace/pheedo", Space::counter},
};

/// What is compared of a namespace's address.
std::string_view core_of(std::string_view uri) {
    uri = kit::trimmed(uri);
    for (const std::string_view scheme : {"http://", "https://"})
        if (kit::starts_but_case(uri, scheme))
            uri.remove_prefix(scheme.size());
    while (!uri.empty() && (uri.back() == '/' || uri.back() == '#'))
        uri.remove_suffix(1);
    return uri;
}

struct Prefix {
    std::string_view prefix;
    Space space;
};

constexpr Prefix prefixes[] = {
    {"atom", Space::atom},      {"content", Space::content}, {"dc", Space::dublin_core},
    {"media", Space::media},    {"itunes", Space::itunes},   {"dcterms", Space::dublin_core},
    {"rss", Space::rss},        {"sy", Space::syndication},  {"xhtml", Space::xhtml},
    {"prism", Space::prism},    {"rdf", Space::rdf},         {"feedburner", Space::counter},
    {"pheedo", Space::counter},
};

struct Word {
    Space space;
    std::string_view name;
    Term term;

    friend constexpr bool operator<(const Word& a, const Word& b) {
        return a.space != b.space ? a.space < b.space : a.name < b.name;
    }
};

// In lower case. RSS's and Atom's words stand in one list, for feeds mix them and forget the namespace.
constexpr Word vocabulary_words[] = {
    {Space::rss, "abstract", Term::summary},
    {Space::rss, "author", Term::author},
    {Space::rss, "body", Term::content},
    {Space::rss, "category", Term::category},
    {Space::rss, "cloud", Term::other},
    {Space::rss, "content", Term::content},
    {Space::rss, "created", Term::created},
    {Space::rss, "creator", Term::author},
    {Space::rss, "date", Term::published},
    {Space::rss, "day", Term::day},
    {Space::rss, "description", Term::summary},
    {Space::rss, "email", Term::email},
    {Space::rss, "enclosure", Term::enclosure},
    {Space::rss, "entry", Term::item},
    {Space::rss, "expirationdate", Term::expires},
    {Space::rss, "fullitem", Term::content},
    {Space::rss, "guid", Term::id},
    {Space::rss, "hour", Term::hour},
    {Space::rss, "id", Term::id},
    {Space::rss, "image", Term::other},
    {Space::rss, "issued", Term::published},
    {Space::rss, "item", Term::item},
    {Space::rss, "language", Term::language},
    {Space::rss, "link", Term::link},
    {Space::rss, "managingeditor", Term::editor},
    {Space::rss, "modified", Term::updated},
    {Space::rss, "name", Term::name},
    {Space::rss, "pubdate", Term::published},
    {Space::rss, "published", Term::published},
    {Space::rss, "skipdays", Term::skip_days},
    {Space::rss, "skiphours", Term::skip_hours},
    {Space::rss, "source", Term::source},
    {Space::rss, "subject", Term::category},
    {Space::rss, "summary", Term::summary},
    {Space::rss, "textinput", Term::other},
    {Space::rss, "title", Term::title},
    {Space::rss, "ttl", Term::ttl},
    {Space::rss, "updated", Term::updated},
    {Space::content, "encoded", Term::content},
    {Space::content, "item", Term::holder},
    {Space::content, "items", Term::holder},
    {Space::dublin_core, "abstract", Term::summary},
    {Space::dublin_core, "author", Term::author},
    {Space::dublin_core, "created", Term::created},
    {Space::dublin_core, "creator", Term::author},
    {Space::dublin_core, "date", Term::published},
    {Space::dublin_core, "description", Term::summary},
    {Space::dublin_core, "identifier", Term::id},
    {Space::dublin_core, "issued", Term::published},
    {Space::dublin_core, "language", Term::language},
    {Space::dublin_core, "modified", Term::updated},
    {Space::dublin_core, "subject", Term::category},
    {Space::dublin_core, "title", Term::title},
    {Space::dublin_core, "valid", Term::valid},
    {Space::media, "category", Term::category},
    {Space::media, "content", Term::media_content},
    {Space::media, "description", Term::media_description},
    {Space::media, "group", Term::media_group},
    {Space::media, "keywords", Term::keywords},
    {Space::media, "thumbnail", Term::media_thumbnail},
    {Space::media, "title", Term::media_title},
    {Space::itunes, "author", Term::author},
    {Space::itunes, "category", Term::category},
    {Space::itunes, "image", Term::image},
    {Space::itunes, "keywords", Term::keywords},
    {Space::itunes, "link", Term::image_link},
    {Space::itunes, "subtitle", Term::subtitle},
    {Space::itunes, "summary", Term::summary},
    {Space::itunes, "title", Term::title},
    {Space::syndication, "updatebase", Term::update_base},
    {Space::syndication, "updatefrequency", Term::update_frequency},
    {Space::syndication, "updateperiod", Term::update_period},
    {Space::prism, "publicationdate", Term::published},
    {Space::xhtml, "body", Term::content},
    {Space::xhtml, "div", Term::content},
    {Space::rdf, "bag", Term::holder},
    {Space::rdf, "li", Term::holder},
    {Space::rdf, "value", Term::content},
    {Space::counter, "origlink", Term::original_link},
};

static_assert(std::is_sorted(std::begin(vocabulary_words), std::end(vocabulary_words)));

/// Where each space's words begin, and behind the last one.
constexpr auto begins = [] {
    std::array<std::size_t, static_cast<std::size_t>(Space::other) + 2> table{};
    for (std::size_t i = 0; i < std::size(vocabulary_words); ++i)
        for (std::size_t space = static_cast<std::size_t>(vocabulary_words[i].space) + 1;
             space < table.size(); ++space)
            table[space] = i + 1;
    return table;
}();

} // namespace

Space space_of(const XmlName& name) {
    const std::string_view core = core_of(name.uri);
    if (!core.empty())
        for (const Address& known : addresses)
            if (kit::same_but_case(core, known.address))
                return known.space;
    if (name.prefix.empty())
        return Space::rss; // of its own making, or none: the names are the usual ones
    if (!name.uri.empty())
        return Space::other;
    // Nobody declared the prefix, as in feeds that are made by hand.
    const auto* known = std::find_if(std::begin(prefixes), std::end(prefixes), [&name](const Prefix& one) {
        return kit::same_but_case(name.prefix, one.prefix);
    });
    return known == std::end(prefixes) ? Space::other : known->space;
}

Term term_of(Space space, std::string_view name) {
    if (name.empty())
        return Term::none;
    const char first = kit::lowered(name.front());
    const auto own = static_cast<std::size_t>(space == Space::atom ? Space::rss : space);
    for (std::size_t i = begins[own]; i < begins[own + 1]; ++i) {
        const std::string_view word = vocabulary_words[i].name;
        if (word.size() == name.size() && word.front() == first && kit::same_but_case(name, word))
            return vocabulary_words[i].term;
    }
    return Term::none;
}

} // namespace crier::feed
